package io.plumbline.detector;

import io.plumbline.detector.series.Series;
import io.plumbline.detector.series.SeriesState;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A decoded series, and what of it stands in the store. */
final class KeptSeries {

    private final Series series;
    private final HeadedSlotBlocks blocks;
    private SeriesState stored;

    private KeptSeries(Series series, HeadedSlotBlocks blocks, SeriesState stored) {
        this.series = series;
        this.blocks = blocks;
        this.stored = stored;
    }

    /** @param written what {@link #change()} gave; {@code null} for a series that is not stored */
    static KeptSeries of(KnownSeries known, byte @Nullable [] written, StoredSlotBlocks stored) {
        ByteBuffer bytes = ByteBuffer.wrap(written == null ? SeriesState.NEW.toBytes() : written);
        SeriesState state = SeriesState.read(bytes);
        HeadedSlotBlocks blocks = HeadedSlotBlocks.read(bytes, stored);
        return new KeptSeries(new Series(known.key(), known.rules(), state, blocks), blocks, state);
    }

    Series series() {
        return series;
    }

    /** The state when it was last stored. */
    SeriesState state() {
        return stored;
    }

    /** What is to be stored now; {@code null} where nothing has changed. */
    byte @Nullable [] change() {
        SeriesState state = series.save();
        if (!blocks.takeChanged() && state.equals(stored)) {
            return null;
        }
        stored = state;
        return blocks.behind(state.toBytes());
    }
}
