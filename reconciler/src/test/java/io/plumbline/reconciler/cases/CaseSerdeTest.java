package io.plumbline.reconciler.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.Trace;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CaseSerdeTest {

    private final CaseSerde serde = new CaseSerde();
    private final Case untraced = Case.open("id", true, 42, null)
            .with(new Subscriber("run", "group", 43, true, false))
            .with(new Subscriber("other", "group", 44, false, false));

    @Test
    void shouldReadWhatItWroteWhenARunIsTraced() {
        Case traced = untraced.traced("run", new Trace("request", null, null));

        assertThat(read(bytes(traced))).isEqualTo(traced);
        assertThat(read(bytes(untraced))).isEqualTo(untraced);
    }

    /** An app of before reads the fields that it knows, and looks no further. */
    @Test
    void shouldWriteTracesBehindAllElseWhenARunIsTraced() {
        byte[] before = bytes(untraced);

        byte[] now = bytes(untraced.traced("run", new Trace("request", "parent", "state")));

        assertThat(now.length).isGreaterThan(before.length);
        assertThat(Arrays.copyOf(now, before.length)).isEqualTo(before);
    }

    private byte[] bytes(Case value) {
        return serde.serializer().serialize("cases", value);
    }

    private Case read(byte[] bytes) {
        return serde.deserializer().deserialize("cases", bytes);
    }
}
