package io.plumbline.detector.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActiveMinutesTest {

    private final ActiveMinutes active = new ActiveMinutes();

    @Test
    void shouldSayAMinuteOnceWhenItIsRemembered() {
        assertThat(active.say("coinbase", 29_921_640)).isTrue();
        assertThat(active.say("coinbase", 29_921_640)).isFalse();
        assertThat(active.say("coinbase", 29_921_641)).isTrue();
        assertThat(active.say("kraken", 29_921_640)).isTrue();
    }

    @Test
    void shouldSayAMinuteAgainWhenItIsForgotten() {
        active.say("coinbase", 7);
        active.say("coinbase", 7 + ActiveMinutes.REMEMBERED);

        assertThat(active.say("coinbase", 7)).isTrue();
    }
}
