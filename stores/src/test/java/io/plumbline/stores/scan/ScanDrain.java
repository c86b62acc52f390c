package io.plumbline.stores.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stores.SegmentScanner;
import io.plumbline.stores.SegmentScanner.Planned;
import io.plumbline.stores.SegmentScanner.Scanned;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Work;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Does a run's work as its coordinator and workers would, every work through its wire form, and adds up the answers. */
final class ScanDrain {

    private static final int MAX_RECORD = 1_000_000;

    private final SegmentScanner scanner;
    private final Map<EntityKey, Suspect> suspects = new HashMap<>();
    private long checked;
    private long matched;
    private long unreadable;
    private int segments;
    private @Nullable String position;

    private ScanDrain(SegmentScanner scanner) {
        this.scanner = scanner;
    }

    static ScanDrain of(SegmentScanner scanner, Scope scope) {
        ScanDrain drain = new ScanDrain(scanner);
        Deque<Work> queue = new ArrayDeque<>();
        queue.add(new Work.Plan(scope, null, null));
        while (!queue.isEmpty()) {
            queue.addAll(drain.work(wire(queue.remove())));
        }
        return drain;
    }

    private List<Work> work(Work work) {
        if (work instanceof Work.Plan plan) {
            Planned planned = scanner.plan(plan);
            if (plan.cursor() == null) {
                position = planned.position();
            }
            assertThat(size(planned.next())).isLessThan(MAX_RECORD);
            return planned.next();
        }
        segments++;
        Scanned scanned = scanner.scan(work);
        assertThat(scanned.checked())
                .isEqualTo(scanned.matched()
                        + scanned.unreadableCount()
                        + scanned.suspects().size());
        assertThat(scanned.suspects()).hasSizeLessThanOrEqualTo(SegmentScanner.MAX_SUSPECTS);
        assertThat(scanned.unreadable()).hasSizeLessThanOrEqualTo(20);
        assertThat(size(scanned.suspects()) + size(scanned.next())).isLessThan(MAX_RECORD);
        checked += scanned.checked();
        matched += scanned.matched();
        unreadable += scanned.unreadableCount();
        for (Suspect suspect : scanned.suspects()) {
            assertThat(suspects.put(suspect.entity(), suspect))
                    .as("%s is a suspect twice", suspect.entity())
                    .isNull();
        }
        return scanned.next();
    }

    private static Work wire(Work work) {
        return Json.parse(Json.text(work), Work.class);
    }

    private static int size(List<?> records) {
        return Json.text(records).getBytes(StandardCharsets.UTF_8).length;
    }

    Stream<List<String>> suspectParts() {
        return suspects.keySet().stream().map(EntityKey::parts);
    }

    Map<EntityKey, Suspect> suspects() {
        return suspects;
    }

    long checked() {
        return checked;
    }

    long matched() {
        return matched;
    }

    long unreadable() {
        return unreadable;
    }

    int segments() {
        return segments;
    }

    @Nullable
    String position() {
        return position;
    }
}
