package io.plumbline.reconciler.feed;

import io.plumbline.reconciler.feed.Resumption.SlotAction;
import io.plumbline.runtime.RecordTransactions;
import io.plumbline.stores.replication.ReplicationSlot;
import io.plumbline.stores.replication.SourceLog;
import io.plumbline.stores.replication.SourceServer;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Trigger;
import io.plumbline.topics.record.WhenBusy;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out where a feed goes on, and makes it so: the slot is there and free, and the position that is remembered is one
 * of it. Where changes were lost it says so and asks for a full run, which covers everything before the new beginning. What
 * was committed before the very first beginning stands in the outbox: there it asks for a run that retries it.
 */
final class SlotKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(SlotKeeper.class);

    private final FeedConfig.Feed feed;
    private final Topics topics;
    private final RecordTransactions transactions;
    private final FeedMetrics metrics;

    SlotKeeper(FeedConfig.Feed feed, Topics topics, RecordTransactions transactions, FeedMetrics metrics) {
        this.feed = feed;
        this.topics = topics;
        this.transactions = transactions;
        this.metrics = metrics;
    }

    /** Where to go on. The feed that had the slot before is fenced already: its connection is only left over. */
    FeedPosition resume(@Nullable FeedPosition known, SourceLog log) throws InterruptedException {
        String name = feed.outbox().slot();
        if (log.endReader(name)) {
            LOG.info("ended a left-over reader of slot {}, dataset {}", name, feed.dataset());
        }
        SourceServer server = log.server();
        ReplicationSlot slot = log.slot(name);
        verify(slot, server);
        return switch (Resumption.of(known, server, slot, name)) {
            case Resumption.GoOn goOn -> Objects.requireNonNull(known);
            case Resumption.Begin begin -> {
                ReplicationSlot usable = slot(begin.slot(), slot, log);
                yield begin(server, usable, earlierRows(server, usable));
            }
            case Resumption.Gap gap -> {
                ReplicationSlot usable = slot(gap.slot(), slot, log);
                say(gap);
                yield begin(server, usable, run(feed.fullJob(), true, server, usable));
            }
        };
    }

    private void verify(@Nullable ReplicationSlot slot, SourceServer server) {
        if (slot != null
                && !("pgoutput".equals(slot.plugin()) && server.database().equals(slot.database()))) {
            throw new IllegalStateException("the replication slot '" + slot.name() + "' is someone else's (database "
                    + slot.database() + ", plug-in " + slot.plugin() + "): name another one in outbox.slot");
        }
    }

    private ReplicationSlot slot(SlotAction action, @Nullable ReplicationSlot slot, SourceLog log) {
        String name = feed.outbox().slot();
        if (action == SlotAction.REPLACE) {
            log.dropSlot(name);
        }
        return action == SlotAction.KEEP ? Objects.requireNonNull(slot) : log.createSlot(name);
    }

    private FeedPosition begin(SourceServer server, ReplicationSlot slot, ProducerRecord<byte[], byte[]> alongside)
            throws InterruptedException {
        FeedPosition position = FeedPosition.startOf(server, slot);
        transactions.commit(List.of(alongside, topics.outboxPositions.toRecord(feed.dataset(), position.json())));
        return position;
    }

    private void say(Resumption.Gap gap) {
        metrics.gap(feed.dataset());
        LOG.error(
                "dataset {}: changes of the outbox were lost with the replication slot {}: {}. Nobody needs to do anything"
                        + " for the data: the job {} was triggered and compares everything. Find out who removed the slot, or"
                        + " whether max_slot_wal_keep_size is too small.",
                feed.dataset(),
                feed.outbox().slot(),
                gap.reason(),
                feed.fullJob());
    }

    /** Asks for the retry of what was committed before the slot's beginning, which the feed will never see. */
    private ProducerRecord<byte[], byte[]> earlierRows(SourceServer server, ReplicationSlot slot) {
        String retry = feed.retryJob();
        LOG.info(
                "dataset {}: the feed begins with replication slot {}; the job {} was triggered for what is in the outbox"
                        + " already",
                feed.dataset(),
                slot.name(),
                retry == null ? feed.fullJob() : retry);
        return retry == null ? run(feed.fullJob(), true, server, slot) : run(retry, null, server, slot);
    }

    /** The same slot's beginning gives the same request, so that asking twice is one run. */
    private ProducerRecord<byte[], byte[]> run(
            String job, @Nullable Boolean full, SourceServer server, ReplicationSlot slot) {
        String requestId = "slot-" + slot.name() + "-" + server.systemIdentifier() + "-" + slot.confirmed();
        Trigger trigger = new Trigger(
                job, full, null, null, null, null, OutboxPublisher.APP, requestId, WhenBusy.QUEUE, null, null);
        return topics.manualTrigger.toRecord(job, trigger);
    }
}
