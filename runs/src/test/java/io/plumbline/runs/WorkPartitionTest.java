package io.plumbline.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkCommand;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkPartitionTest {

    private static final int PARTITIONS = 4;

    @Test
    void shouldGiveEachPartitionAsMuchOfARunAsTheNext() {
        List<Integer> partitions = IntStream.rangeClosed(1, 20)
                .mapToObj(number -> partition("mails.r", number))
                .toList();

        for (int partition = 0; partition < PARTITIONS; partition++) {
            int one = partition;
            assertThat(partitions).filteredOn(taken -> taken == one).hasSize(5);
        }
    }

    @Test
    void shouldNotBeginEveryRunAtTheSamePartition() {
        Set<Integer> first = Set.copyOf(IntStream.range(0, 100)
                .mapToObj(run -> partition("mails." + run, 1))
                .toList());

        assertThat(first).hasSize(PARTITIONS);
    }

    private static int partition(String run, int number) {
        WorkCommand command = new WorkCommand(
                run, "mails", "mails", "mails", number, 1, Instant.EPOCH, new Work.CompareRange(null, null));
        return RunTopology.inTurn("work", command.key(), command, PARTITIONS)
                .orElseThrow()
                .iterator()
                .next();
    }
}
