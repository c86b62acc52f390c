package io.plumbline.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void shouldKnowATraceparentWhenItIsAsW3cDefinesIt() {
        assertThat(Trace.isTraceparent(PARENT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"
            })
    void shouldNotTakeForATraceparentWhenItIsAnythingElse(String text) {
        assertThat(Trace.isTraceparent(text)).isFalse();
    }

    @Test
    void shouldRefuseATracestateWhenItIsTooLongOrNotPrintable() {
        assertThat(Trace.isTracestate("vendor=value,other=1")).isTrue();
        assertThat(Trace.isTracestate("a=" + "b".repeat(511))).isFalse();
        assertThat(Trace.isTracestate("a=\u00e4")).isFalse();
    }

    @Test
    void shouldReadACauseOfBeforeWhenItHasNoTrace() {
        Cause cause = Json.parse("{\"kind\":\"MANUAL\",\"requestId\":\"r\"}", Cause.class);

        assertThat(Trace.of(cause)).isEqualTo(new Trace("r", null, null));
        assertThat(Json.text(cause)).doesNotContain("trace");
    }
}
