package io.plumbline.detector.scan;

import io.plumbline.detector.runs.CandleCounters;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.Work.ExpectedSlots;
import io.plumbline.topics.record.Work.PlanCacheScan;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one plan of a cache scan, as it grows: pieces of a number of series each, up to {@link #PIECES} and
 * {@link #LARGEST} bytes. What finds no room any more is where the next plan begins.
 */
public final class ScanPlan {

    static final int PIECES = 64;

    /** The largest answer, in bytes as estimated. */
    static final int LARGEST = 500_000;

    private final WorkCommand command;
    private final PlanCacheScan plan;
    private final int seriesPerPiece;
    private final List<List<ExpectedSlots>> pieces = new ArrayList<>();
    private int bytes;
    private long empty;
    private @Nullable ScanCursor cursor;

    public ScanPlan(WorkCommand command, PlanCacheScan plan, int seriesPerPiece) {
        this.command = command;
        this.plan = plan;
        this.seriesPerPiece = seriesPerPiece;
    }

    /** Adds a series; gives whether there was room for all of it. */
    public boolean add(ExpectedSlots whole) {
        for (ExpectedSlots part : ScanParts.of(whole)) {
            if (!hasRoomFor(part)) {
                cursor = new ScanCursor(whole.series().text(), part.first());
                return false;
            }
            addPart(part);
        }
        return true;
    }

    /** Empty slots are counted here; whoever scans counts the others. */
    public WorkAnswer answer() {
        List<Work> next = new ArrayList<>();
        pieces.forEach(series -> next.add(new Work.ScanCache(plan.thorough(), List.copyOf(series))));
        if (cursor != null) {
            next.add(new PlanCacheScan(
                    plan.from(), plan.to(), plan.only(), plan.thorough(), plan.partition(), cursor.text()));
        }
        return WorkAnswer.done(
                command, Map.of(CandleCounters.SLOTS_EXPECTED, empty, CandleCounters.VERIFIED_EMPTY, empty), next);
    }

    private boolean hasRoomFor(ExpectedSlots part) {
        if (pieces.isEmpty()) {
            return true;
        }
        boolean fits = bytes + ScanParts.bytes(part) <= LARGEST;
        return fits && (pieces.size() < PIECES || pieces.getLast().size() < seriesPerPiece);
    }

    private void addPart(ExpectedSlots part) {
        if (pieces.isEmpty() || pieces.getLast().size() == seriesPerPiece) {
            pieces.add(new ArrayList<>());
        }
        pieces.getLast().add(part);
        bytes += ScanParts.bytes(part);
        empty += SlotRange.size(part.empty());
    }
}
