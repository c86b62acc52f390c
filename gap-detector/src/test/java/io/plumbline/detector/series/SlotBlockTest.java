package io.plumbline.detector.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SlotBlockTest {

    private static final int LARGEST = 388;

    @Property(tries = 300)
    void shouldHoldTheSameWhenItIsWrittenAndRead(@ForAll("states") SlotState[] states) {
        SlotBlock block = new SlotBlock();
        for (int index = 0; index < states.length; index++) {
            block.set(index, states[index]);
        }

        byte[] bytes = block.toBytes();
        SlotBlock read = SlotBlock.of(bytes);

        assertThat(bytes.length).isLessThanOrEqualTo(LARGEST);
        for (int index = 0; index < SlotBlock.SLOTS; index++) {
            assertThat(read.get(index)).isEqualTo(index < states.length ? states[index] : SlotState.UNKNOWN);
        }
        for (SlotState state : SlotState.values()) {
            int beyond = state == SlotState.UNKNOWN ? SlotBlock.SLOTS - states.length : 0;
            long expected = Arrays.stream(states).filter(state::equals).count() + beyond;
            assertThat(read.count(state)).isEqualTo((int) expected);
        }
    }

    @Provide
    Arbitrary<SlotState[]> states() {
        return Arbitraries.of(SlotState.class).array(SlotState[].class).ofMaxSize(SlotBlock.SLOTS);
    }

    @Test
    void shouldTakeEightBytesWhenNothingIsMissing() {
        SlotBlock block = new SlotBlock();
        for (int index = 0; index < SlotBlock.SLOTS; index++) {
            block.set(index, SlotState.PRESENT);
        }

        assertThat(block.toBytes()).hasSize(8);
        assertThat(SlotBlock.of(block.toBytes()).count(SlotState.PRESENT)).isEqualTo(SlotBlock.SLOTS);
    }

    @Test
    void shouldTakeFourBytesForEachRunWhenOnlyEmptySlotsAreKept() {
        SlotBlock hourly = new SlotBlock();
        SlotBlock everySecond = new SlotBlock();
        for (int index = 0; index < SlotBlock.SLOTS; index++) {
            hourly.set(index, index % 60 == 59 ? SlotState.VERIFIED_EMPTY : SlotState.UNKNOWN);
            everySecond.set(index, index % 2 == 0 ? SlotState.VERIFIED_EMPTY : SlotState.UNKNOWN);
        }

        assertThat(hourly.toBytes()).hasSize(4 + 4 * 17);
        assertThat(everySecond.toBytes()).hasSize(132);
    }

    @Test
    void shouldFindTheBlockOfASlotBeforeTheEpochToo() {
        assertThat(SlotBlock.numberOf(-1)).isEqualTo(-1);
        assertThat(SlotBlock.indexOf(-1)).isEqualTo(1_023);
        assertThat(SlotBlock.numberOf(1_024)).isEqualTo(1);
    }
}
