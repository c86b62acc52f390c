package io.plumbline.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.detector.series.InMemorySlotBlocks;
import io.plumbline.detector.series.SlotBlock;
import io.plumbline.detector.series.SlotState;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeadedSlotBlocksTest {

    private static final byte[] STATE = {7, 7};

    private final InMemorySlotBlocks stored = new InMemorySlotBlocks();
    private final HeadedSlotBlocks blocks = HeadedSlotBlocks.read(ByteBuffer.allocate(0), stored);

    @Test
    void shouldWriteABlockToTheStoreWhenAnotherIsSaved() {
        blocks.save(1, block(10));
        assertThat(stored.load(1)).isNull();

        blocks.save(2, block(20));

        assertThat(bytes(stored.load(1))).isEqualTo(block(10).toBytes());
        assertThat(stored.load(2)).isNull();
        assertThat(bytes(blocks.load(1))).isEqualTo(block(10).toBytes());
        assertThat(bytes(blocks.load(2))).isEqualTo(block(20).toBytes());
    }

    @Test
    void shouldGiveTheHeadWhenTheStoreHasAnOlderOneOfItsNumber() {
        blocks.save(1, block(10));
        blocks.save(2, block(20));
        blocks.save(1, block(11));

        assertThat(bytes(blocks.load(1))).isEqualTo(block(11).toBytes());
        assertThat(bytes(stored.load(2))).isEqualTo(block(20).toBytes());
    }

    @Test
    void shouldHaveTheHeadStillWhenItIsReadFromBehindTheState() {
        blocks.save(-3, block(10));

        ByteBuffer written = ByteBuffer.wrap(blocks.behind(STATE)).position(STATE.length);
        HeadedSlotBlocks read = HeadedSlotBlocks.read(written, stored);

        assertThat(bytes(read.load(-3))).isEqualTo(block(10).toBytes());
        assertThat(read.takeChanged()).isFalse();
        read.save(-2, block(20));
        assertThat(bytes(stored.load(-3))).isEqualTo(block(10).toBytes());
    }

    @Test
    void shouldHaveNoBlockWhenItWasDeletedInHeadAndStore() {
        blocks.save(1, block(10));
        blocks.save(2, block(20));
        blocks.save(1, block(11));

        blocks.delete(1);

        assertThat(blocks.load(1)).isNull();
        assertThat(blocks.behind(STATE)).isEqualTo(STATE);
    }

    @Test
    void shouldSayOnceThatItHasChanged() {
        assertThat(blocks.takeChanged()).isFalse();

        blocks.save(1, block(10));

        assertThat(blocks.takeChanged()).isTrue();
        assertThat(blocks.takeChanged()).isFalse();
        blocks.delete(1);
        assertThat(blocks.takeChanged()).isTrue();
    }

    private static SlotBlock block(int present) {
        SlotBlock block = new SlotBlock();
        block.set(present, SlotState.PRESENT);
        return block;
    }

    private static byte @Nullable [] bytes(@Nullable SlotBlock block) {
        return block == null ? null : block.toBytes();
    }
}
