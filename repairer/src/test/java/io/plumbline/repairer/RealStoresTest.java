package io.plumbline.repairer;

import static io.plumbline.repairer.RealStores.entity;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.repairer.RepairRules.RepairPolicies;
import io.plumbline.stores.Content;
import io.plumbline.stores.DatasetStores;
import io.plumbline.stores.TargetEntities;
import io.plumbline.stores.TargetEntity;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.DatasetConfig.ExtraPolicy;
import io.plumbline.topics.config.DatasetConfig.RepairPolicy;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairAnswer.Result;
import io.plumbline.topics.record.RepairCommand;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The repair protocol on the real adapters, with an application that writes while it goes on. */
class RealStoresTest {

    private static final int RACES = 1_000;

    private RealStores stores;
    private Runnable beforeWrite = () -> {};
    private Runnable afterWrite = () -> {};
    private final AtomicInteger ids = new AtomicInteger();

    @BeforeEach
    void open() throws Exception {
        stores = new RealStores();
    }

    @AfterEach
    void close() throws Exception {
        stores.close();
    }

    @Test
    void shouldRepairEveryKindOfDriftAndUndoIt() {
        stores.writeSource(1, 5);
        stores.writeSource(2, 5);
        stores.writeTarget(2, 4);
        stores.writeTarget(3, 9);
        stores.writeSource(101, 1);
        List<Integer> all = List.of(1, 2, 3, 101);

        List<RepairAnswer> repairs = repair(all);
        List<Integer> repaired = all.stream().map(stores::target).toList();
        List<RepairAnswer> again = repair(all);
        List<RepairAnswer> undone = worker().answer(IntStream.range(0, all.size())
                .mapToObj(i -> new RepairCommand(
                        entity(all.get(i)),
                        "undo" + i,
                        "undo",
                        later(),
                        repairs.get(i).repairId()))
                .toList());

        assertThat(repairs).extracting(RepairAnswer::result).containsOnly(Result.REPAIRED);
        assertThat(repaired).containsExactly(5, 5, 0, 1);
        assertThat(again).extracting(RepairAnswer::result).containsOnly(Result.SUPERSEDED);
        assertThat(undone).extracting(RepairAnswer::result).containsOnly(Result.REPAIRED);
        assertThat(all.stream().map(stores::target)).containsExactly(0, 4, 9, 0);
    }

    @Test
    void shouldLeaveTheNewerValueInAThousandRacesOfEitherOrder() {
        List<Integer> all = IntStream.range(0, RACES).boxed().toList();
        for (int id : all) {
            stores.writeSource(id, 2);
            if (id % 3 > 0) {
                stores.writeTarget(id, 1);
            }
        }
        beforeWrite = () -> all.stream().filter(id -> id % 2 == 0).forEach(this::dualWriteThree);
        afterWrite = () -> all.stream().filter(id -> id % 2 == 1).forEach(this::dualWriteThree);

        List<RepairAnswer> answers = repair(all);

        assertThat(all).allSatisfy(id -> assertThat(stores.target(id)).isEqualTo(3));
        assertThat(answers).hasSize(RACES);
        for (int id : all) {
            Result result = answers.get(id).result();
            assertThat(result).isEqualTo(id % 2 == 0 ? Result.SUPERSEDED : Result.REPAIRED);
        }
    }

    @Test
    void shouldNeverTakeBackWhatABusyApplicationWrites() {
        int entities = 30;
        int writes = 1_500;
        AtomicBoolean busy = new AtomicBoolean(true);
        CompletableFuture<Void> application = CompletableFuture.runAsync(() -> write(entities, writes))
                .whenComplete((done, failure) -> busy.set(false));

        int wrote = 0;
        List<Integer> all = IntStream.range(0, entities).boxed().toList();
        while (busy.get()) {
            wrote += (int) repair(all).stream()
                    .filter(answer -> answer.result() == Result.REPAIRED)
                    .count();
        }
        application.join();
        repair(all);

        assertThat(wrote).isPositive();
        assertThat(all).allSatisfy(id -> assertThat(stores.target(id)).isEqualTo(stores.source(id)));
    }

    /** Source first, its copy next, or never. Nothing that was copied may be older when it is looked at again. */
    private void write(int entities, int writes) {
        Random random = new Random(7);
        int[] copied = new int[entities];
        for (int version = 1; version <= writes; version++) {
            int id = random.nextInt(entities);
            if (stores.target(id) < copied[id]) {
                throw new AssertionError(
                        "version " + copied[id] + " of " + id + " was replaced by " + stores.target(id));
            }
            stores.writeSource(id, version);
            if (random.nextInt(3) > 0) {
                stores.writeTarget(id, version);
                copied[id] = version;
            }
        }
    }

    private void dualWriteThree(int id) {
        stores.writeSource(id, 3);
        stores.writeTarget(id, 3);
    }

    private List<RepairAnswer> repair(List<Integer> entities) {
        return worker().answer(entities.stream()
                .map(id -> new RepairCommand(entity(id), "r" + ids.incrementAndGet(), "run", later(), null))
                .toList());
    }

    private static Instant later() {
        return Clock.systemUTC().instant().plusSeconds(600);
    }

    private RepairWorker worker() {
        DatasetStores debts = stores.debts();
        DatasetStores hooked = new DatasetStores(
                debts.dataset(),
                debts.source(),
                new HookedTarget(debts.target()),
                debts.comparer(),
                debts.scanner(),
                null);
        EntityRepairer repairer = new EntityRepairer(
                hooked,
                new RepairPolicies(RepairPolicy.AUTO, ExtraPolicy.DELETE, true),
                stores.journal(),
                Clock.systemUTC());
        return new RepairWorker(
                Map.of("debts", repairer), new Topics("", 1), new RepairerMetrics(new SimpleMeterRegistry()));
    }

    /** Lets the application write just before and just after a repair does. */
    private final class HookedTarget implements TargetEntities {

        private final TargetEntities real;

        HookedTarget(TargetEntities real) {
            this.real = real;
        }

        @Override
        public Map<EntityKey, TargetEntity> find(Collection<EntityKey> keys) {
            return real.find(keys);
        }

        @Override
        public List<WriteResult> write(List<ConditionalWrite> writes) {
            beforeWrite.run();
            List<WriteResult> results = real.write(writes);
            afterWrite.run();
            return results;
        }

        @Override
        public Content parse(String json) {
            return real.parse(json);
        }
    }
}
