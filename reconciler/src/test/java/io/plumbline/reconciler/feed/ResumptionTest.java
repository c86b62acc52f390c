package io.plumbline.reconciler.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.reconciler.feed.Resumption.SlotAction;
import io.plumbline.stores.replication.ReplicationSlot;
import io.plumbline.stores.replication.SourceServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResumptionTest {

    private static final String NAME = "plumbline_debts";
    private static final SourceServer SERVER = new SourceServer("7000000000000000001", "app", 5_000);
    private static final FeedPosition AT_1000 = FeedPosition.startOf(SERVER, slot(1_000));

    @Test
    void shouldBeginWhenNothingIsRemembered() {
        assertThat(Resumption.of(null, SERVER, null, NAME)).isEqualTo(new Resumption.Begin(SlotAction.CREATE));
        assertThat(Resumption.of(null, SERVER, slot(10), NAME)).isEqualTo(new Resumption.Begin(SlotAction.KEEP));
    }

    @Test
    void shouldGoOnWhenTheSlotHoldsAllThatComesAfterThePosition() {
        assertThat(Resumption.of(AT_1000, SERVER, slot(1_000), NAME)).isEqualTo(new Resumption.GoOn());
        assertThat(Resumption.of(AT_1000, SERVER, slot(10), NAME)).isEqualTo(new Resumption.GoOn());
    }

    @Test
    void shouldSeeAGapWhenTheSlotIsGone() {
        assertThat(gap(AT_1000, SERVER, null).slot()).isEqualTo(SlotAction.CREATE);
    }

    @Test
    void shouldSeeAGapWhenTheSlotWasCreatedAgain() {
        Resumption.Gap gap = gap(AT_1000, SERVER, slot(1_001));

        assertThat(gap.slot()).isEqualTo(SlotAction.KEEP);
        assertThat(gap.reason()).contains("0/3E9", "0/3E8", "created again");
    }

    @Test
    void shouldSeeAGapWhenTheServerGaveTheSlotUp() {
        ReplicationSlot invalid = new ReplicationSlot(NAME, "app", "pgoutput", true, 900, null);

        assertThat(gap(AT_1000, SERVER, invalid).slot()).isEqualTo(SlotAction.REPLACE);
        assertThat(gap(null, SERVER, invalid).slot()).isEqualTo(SlotAction.REPLACE);
    }

    @Test
    void shouldSeeAGapWhenItIsAnotherServerOrDatabase() {
        assertThat(gap(AT_1000, new SourceServer("8", "app", 5_000), slot(10)).reason())
                .contains("another server");
        assertThat(gap(AT_1000, new SourceServer(SERVER.systemIdentifier(), "other", 5_000), slot(10))
                        .reason())
                .contains("database app");
    }

    @Test
    void shouldSeeAGapWhenTheServerWasRestoredFromABackup() {
        assertThat(gap(AT_1000, new SourceServer(SERVER.systemIdentifier(), "app", 999), slot(10))
                        .reason())
                .contains("restored from a backup");
    }

    @Test
    void shouldKeepThePositionWhenItIsWrittenAndReadAgain() {
        assertThat(FeedPosition.parse(AT_1000.json()).reached()).isEqualTo(1_000);
        assertThat(FeedPosition.parse(AT_1000.json()).json()).isEqualTo(AT_1000.json());
    }

    private static Resumption.Gap gap(
            @Nullable FeedPosition known, SourceServer server, @Nullable ReplicationSlot slot) {
        return (Resumption.Gap) Resumption.of(known, server, slot, NAME);
    }

    private static ReplicationSlot slot(long confirmed) {
        return new ReplicationSlot(NAME, "app", "pgoutput", false, confirmed, null);
    }
}
