package io.plumbline.reconciler.work;

import io.plumbline.runtime.Received;
import io.plumbline.stores.Content;
import io.plumbline.stores.DatasetStores;
import io.plumbline.stores.EntityComparer;
import io.plumbline.stores.SegmentScanner;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.SourceRows;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.stores.TargetEntities;
import io.plumbline.stores.TargetEntity;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.OutboxRow;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stores in memory for the workers of a dataset "mail", whose contents are one text each. */
final class WorkerBench {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Instant LATER = NOW.plusSeconds(60);
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    final Topics topics = new Topics("", 1);
    final Map<EntityKey, String> inSource = new HashMap<>();
    final Map<EntityKey, String> inTarget = new HashMap<>();
    final Map<EntityKey, List<OutboxRow>> pending = new HashMap<>();
    final RecordingOutbox outbox = new RecordingOutbox(this);
    final List<String> calls = new ArrayList<>();
    final CountingMeters meters = new CountingMeters();
    SegmentScanner.@Nullable Scanned scanned;
    SegmentScanner.@Nullable Planned planned;

    /** The store that is away. */
    @Nullable
    String away;

    DatasetStores stores() {
        return new DatasetStores("mail", new Source(), new Target(), new Comparer(), new Scanner(), outbox);
    }

    static EntityKey entity(String part) {
        return EntityKey.of("mail", part);
    }

    static <V> List<Received<V>> received(List<V> values) {
        return values.stream()
                .map(value -> new Received<>("topic", 3, 17, NOW.toEpochMilli(), "key", value))
                .toList();
    }

    void call(String store, String what) {
        calls.add(what);
        if (store.equals(away)) {
            throw new StoreUnavailableException(store, new IOException("connection refused"));
        }
    }

    private static @Nullable Content content(@Nullable String text) {
        if ("poison".equals(text)) {
            throw new IllegalStateException("a bug met it");
        }
        return text == null ? null : new TextContent(text);
    }

    private static String digest(@Nullable Content content) {
        return content == null ? Look.ABSENT : content.digest();
    }

    private record TextContent(String text) implements Content {
        @Override
        public String digest() {
            return "digest of " + text;
        }

        @Override
        public String json() {
            return text;
        }
    }

    private final class Source implements SourceRows {
        @Override
        public Map<EntityKey, SourceEntity> find(Collection<EntityKey> keys) {
            call("source", "source-find");
            return keys.stream()
                    .collect(Collectors.toMap(
                            Function.identity(),
                            key -> new SourceEntity(
                                    key,
                                    content(inSource.get(key)),
                                    "1",
                                    pending.getOrDefault(key, List.of()),
                                    "unmappable".equals(inSource.get(key)) ? "it cannot be mapped" : null)));
        }

        @Override
        public Map<String, EntityKey> resolve(Collection<String> sourceKeys) {
            throw new UnsupportedOperationException("the outbox table resolves");
        }

        @Override
        public Content plan(SourceEntity source) {
            throw new UnsupportedOperationException("the reconciler plans no writes");
        }
    }

    private final class Target implements TargetEntities {
        @Override
        public Map<EntityKey, TargetEntity> find(Collection<EntityKey> keys) {
            call("target", "target-find");
            return keys.stream()
                    .collect(Collectors.toMap(
                            Function.identity(), key -> new TargetEntity(key, content(inTarget.get(key)), true, null)));
        }

        @Override
        public List<WriteResult> write(List<ConditionalWrite> writes) {
            throw new UnsupportedOperationException("the reconciler writes nothing");
        }

        @Override
        public Content parse(String json) {
            return new TextContent(json);
        }
    }

    private static final class Comparer implements EntityComparer {
        @Override
        public Look compare(SourceEntity source, TargetEntity target) {
            String inSource = digest(source.content());
            String inTarget = digest(target.content());
            DriftClass drift = inSource.equals(inTarget)
                    ? null
                    : source.content() == null
                            ? DriftClass.EXTRA
                            : target.content() == null ? DriftClass.MISSING : DriftClass.DIFFERENT;
            return new Look(
                    source.unreadable() == null ? drift : null,
                    inSource,
                    source.order(),
                    inTarget,
                    List.of(),
                    source.pending(),
                    source.unreadable());
        }
    }

    private final class Scanner implements SegmentScanner {
        @Override
        public Planned plan(Work.Plan plan) {
            call("source", "plan");
            return Objects.requireNonNull(planned, "a bug in the planner");
        }

        @Override
        public Scanned scan(Work segment) {
            call("target", "scan " + segment);
            return Objects.requireNonNull(scanned, "a bug in the scanner");
        }
    }

    static final class CountingMeters implements WorkMeters {

        final List<String> counted = new ArrayList<>();

        @Override
        public void worked(String dataset, WorkAnswer answer) {
            counted.add(dataset + " " + answer.status());
        }

        @Override
        public void checked(String dataset, CheckAnswer answer) {
            counted.add(dataset + " " + answer.status());
        }

        @Override
        public void resolved(String dataset, boolean found) {
            counted.add(dataset + " " + found);
        }
    }
}
