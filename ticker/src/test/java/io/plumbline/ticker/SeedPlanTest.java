package io.plumbline.ticker;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.config.ScheduleConfig;
import io.plumbline.topics.record.Schedule;
import io.plumbline.topics.record.Schedule.CatchUp;
import io.plumbline.topics.record.Schedule.Origin;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedPlanTest {

    private static final ScheduleConfig HOURLY = new ScheduleConfig("0 * * * *", "UTC", "debts", CatchUp.LATEST, true);
    private static final Schedule SEEDED =
            new Schedule("0 * * * *", "UTC", "debts", CatchUp.LATEST, false, false, Origin.CONFIGURATION);

    @Test
    void shouldSeedWhenTheTopicHasNothing() {
        assertThat(SeedPlan.of(Map.of("hourly", HOURLY), Map.of(), Set.of()))
                .containsExactly(Map.entry("hourly", SEEDED));
    }

    @Test
    void shouldWriteNothingWhenTheTopicSaysTheSame() {
        assertThat(SeedPlan.of(Map.of("hourly", HOURLY), Map.of("hourly", SEEDED), Set.of()))
                .isEmpty();
    }

    @Test
    void shouldReplaceItsOwnRecordWhenTheConfigurationChanged() {
        Schedule before = new Schedule("5 * * * *", "UTC", "debts", null, false, false, Origin.CONFIGURATION);

        assertThat(SeedPlan.of(Map.of("hourly", HOURLY), Map.of("hourly", before), Set.of()))
                .containsExactly(Map.entry("hourly", SEEDED));
    }

    @Test
    void shouldLeaveAScheduleAloneWhenAnyRecordIsNotTheConfigurations() {
        assertThat(SeedPlan.of(Map.of("hourly", HOURLY), Map.of(), Set.of("hourly")))
                .isEmpty();
        assertThat(SeedPlan.of(Map.of(), Map.of("hourly", SEEDED), Set.of("hourly")))
                .isEmpty();
    }

    @Test
    void shouldPauseADisabledScheduleOnlyWhenItWasSeeded() {
        ScheduleConfig disabled = new ScheduleConfig("0 * * * *", "UTC", "debts", CatchUp.LATEST, false);

        assertThat(SeedPlan.of(Map.of("hourly", disabled), Map.of(), Set.of())).isEmpty();
        assertThat(SeedPlan.of(Map.of("hourly", disabled), Map.of("hourly", SEEDED), Set.of()))
                .hasEntrySatisfying(
                        "hourly", schedule -> assertThat(schedule.paused()).isTrue());
    }

    @Test
    void shouldDeleteAndBringBackWhenAScheduleLeavesTheConfigurationAndReturns() {
        Map<String, Schedule> gone = SeedPlan.of(Map.of(), Map.of("hourly", SEEDED), Set.of());
        assertThat(gone)
                .hasEntrySatisfying(
                        "hourly", schedule -> assertThat(schedule.deleted()).isTrue());

        assertThat(SeedPlan.of(Map.of(), gone, Set.of())).isEmpty();
        assertThat(SeedPlan.of(Map.of("hourly", HOURLY), gone, Set.of())).containsExactly(Map.entry("hourly", SEEDED));
    }
}
