package io.plumbline.stores.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stores.RepairJournal.Ended;
import io.plumbline.stores.RepairJournal.Entry;
import io.plumbline.stores.TestPostgres;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairAnswer.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresRepairJournalTest {

    private static final Ended REPAIRED = new Ended(Result.REPAIRED, "digest", null);

    private final TestPostgres database = TestPostgres.newDatabase();
    private final PostgresRepairJournal journal = new PostgresRepairJournal(database.source(), "plumbline");

    @Test
    void shouldFindWhatWasIntendedWhole() {
        Entry replace =
                new Entry("r1", "run", EntityKey.of("mail", "a/b", "2"), "{\"a\":\"\\u0000\"}", "{}", null, null);
        Entry undo = new Entry("r2", "run", EntityKey.of("mail", "c"), null, null, "r0", null);

        journal.intend(List.of(undo, replace));

        assertThat(journal.find(List.of("r1", "r2", "r3"))).isEqualTo(Map.of("r1", replace, "r2", undo));
    }

    @Test
    void shouldReplaceAnIntentUntilItHasEnded() {
        journal.intend(List.of(entry("r1", "1", null)));
        journal.intend(List.of(entry("r1", "2", null)));
        journal.complete(Map.of("r1", new Ended(Result.FAILED, null, "too\0large")));
        journal.intend(List.of(entry("r1", "3", null)));
        journal.complete(Map.of("r1", REPAIRED, "unheard-of", REPAIRED));

        assertThat(journal.find(List.of("r1")))
                .isEqualTo(Map.of("r1", entry("r1", "2", new Ended(Result.FAILED, null, "too\ufffdlarge"))));
    }

    @Test
    void shouldListWhatCanBeUndoneNewestFirstInPages() {
        journal.intend(List.of(entry("b", "1", null), entry("a", "1", null)));
        journal.intend(List.of(entry("c", "1", null), entry("d", "1", null), entry("e", "1", null)));
        journal.intend(List.of(new Entry("f", "other run", EntityKey.of("mail", "1"), null, "1", null, null)));
        journal.intend(List.of(new Entry("u", "undo run", EntityKey.of("mail", "1"), "1", "0", "d", null)));
        journal.complete(Map.of(
                "a", REPAIRED,
                "b", REPAIRED,
                "c", new Ended(Result.MISMATCHED, null, null),
                "d", REPAIRED,
                "e", REPAIRED,
                "f", REPAIRED,
                "u", REPAIRED));

        List<String> ids = new ArrayList<>();
        List<Entry> page = journal.repairsOf("run", null, 2);
        while (!page.isEmpty()) {
            page.forEach(entry -> ids.add(entry.repairId()));
            page = journal.repairsOf("run", page.getLast().repairId(), 2);
        }

        assertThat(ids).containsExactly("e", "b", "a");
    }

    @Test
    void shouldMakeItsTablesThoughManyStartAtOnce() {
        List<CompletableFuture<Map<String, Entry>>> starts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            IntStream.range(0, 16)
                    .forEach(i -> starts.add(CompletableFuture.supplyAsync(
                            () -> new PostgresRepairJournal(database.source(), "odd \"name").find(List.of("r")),
                            threads)));
        }

        assertThat(starts).allSatisfy(start -> assertThat(start.join()).isEmpty());
    }

    @Test
    void shouldUseTablesThatBelongToSomebodyElse() {
        journal.find(List.of("r"));
        database.execute(
                "CREATE ROLE poor%1$s LOGIN".formatted(System.identityHashCode(this)),
                "GRANT USAGE ON SCHEMA plumbline TO PUBLIC",
                "GRANT ALL ON ALL TABLES IN SCHEMA plumbline TO PUBLIC");
        PGSimpleDataSource poor = new PGSimpleDataSource();
        poor.setUrl(((PGSimpleDataSource) database.source()).getUrl());
        poor.setUser("poor" + System.identityHashCode(this));

        PostgresRepairJournal asPoor = new PostgresRepairJournal(poor, "plumbline");
        asPoor.intend(List.of(entry("r", "1", null)));

        assertThat(journal.find(List.of("r"))).hasSize(1);
    }

    @Test
    void shouldTakeThousandsAtOnce() {
        List<Entry> entries = IntStream.range(0, 2_000)
                .mapToObj(i -> entry("r" + i, "{\"n\":" + i + "}", null))
                .toList();

        journal.intend(entries);
        journal.complete(Map.of("r1999", REPAIRED));

        assertThat(journal.find(entries.stream().map(Entry::repairId).toList())).hasSize(2_000);
    }

    private static Entry entry(String id, String after, @Nullable Ended ended) {
        return new Entry(id, "run", EntityKey.of("mail", "1"), "0", after, null, ended);
    }
}
