package io.plumbline.ticker.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.value.FieldValue;
import java.util.BitSet;
import java.util.List;

/** One field of a parsed cron line: which numbers it names, and how it was written. */
record CronField(FieldExpression expression, int lowest, int highest) {

    static CronField of(Cron cron, CronFieldName name, int lowest, int highest) {
        return new CronField(cron.retrieve(name).getExpression(), lowest, highest);
    }

    BitSet values() {
        BitSet values = new BitSet();
        for (FieldExpression part : parts()) {
            add(values, part);
        }
        return values;
    }

    boolean hasStarOrStep() {
        return parts().stream().anyMatch(part -> part instanceof Always || part instanceof Every);
    }

    boolean beginsWithStar() {
        FieldExpression first = parts().get(0);
        return first instanceof Always || (first instanceof Every every && every.getExpression() instanceof Always);
    }

    private List<FieldExpression> parts() {
        return expression instanceof And and ? and.getExpressions() : List.of(expression);
    }

    private void add(BitSet values, FieldExpression part) {
        if (part instanceof On on) {
            values.set(on.getTime().getValue());
        } else if (part instanceof Every every) {
            addSteps(values, every.getExpression(), every.getPeriod().getValue());
        } else {
            addSteps(values, part, 1);
        }
    }

    private void addSteps(BitSet values, FieldExpression range, int step) {
        int from = lowest;
        int to = highest;
        if (range instanceof Between between) {
            from = number(between.getFrom());
            to = number(between.getTo());
        } else if (range instanceof On on) {
            from = on.getTime().getValue();
        } else if (!(range instanceof Always)) {
            throw new IllegalArgumentException("'" + range.asString() + "' is not of the five fields of Unix cron");
        }
        for (int value = from; value <= to; value += step) {
            values.set(value);
        }
    }

    private static int number(FieldValue<?> value) {
        if (value.getValue() instanceof Integer number) {
            return number;
        }
        throw new IllegalArgumentException("'" + value.getValue() + "' is not a number");
    }
}
