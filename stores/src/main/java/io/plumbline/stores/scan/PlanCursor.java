package io.plumbline.stores.scan;

import io.plumbline.topics.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a plan stands, and which way it is made; as text it is JSON with a letter before it. */
sealed interface PlanCursor {

    String text();

    static PlanCursor parse(String text) {
        List<String> after = List.of(Json.parse(text.substring(1), String[].class));
        return switch (text.charAt(0)) {
            case 'r' -> new Ranges(after.getFirst());
            case 'k' -> new Keys(after);
            default -> throw new IllegalArgumentException("'" + text + "' is not the cursor of a plan");
        };
    }

    /** By ranges of the key. */
    record Ranges(@Nullable String after) implements PlanCursor {
        @Override
        public String text() {
            return "r" + Json.text(after == null ? List.of() : List.of(after));
        }
    }

    /** By the source's keys, one by one. */
    record Keys(List<String> after) implements PlanCursor {
        @Override
        public String text() {
            return "k" + Json.text(after);
        }
    }
}
