package io.plumbline.detector.exchange;

import io.plumbline.runtime.ClockProposals;
import io.plumbline.runtime.TraceHeaders;
import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.ClockTime;
import io.plumbline.topics.record.SeriesEvent;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The stage of an exchange; it only brings each record to the desk that deals with it. What is due is proposed to the
 * clock's topic, and done when that record comes back.
 */
final class ExchangeProcessor implements Processor<String, Object, String, Object> {

    private static final Duration LOOK_AT_CLOCK = Duration.ofMillis(50);

    private final ExchangeRules rules;
    private final ExchangeMeters meters;
    private final ClockProposals proposals = new ClockProposals();
    private @Nullable Desks desks;
    private int partition;
    private long clock;

    ExchangeProcessor(ExchangeRules rules, ExchangeMeters meters) {
        this.rules = rules;
        this.meters = meters;
    }

    /** The parts, made anew whenever Kafka Streams begins anew with the stores. */
    private record Desks(
            ExchangeTables tables, ExchangeOutput output, GapDesk gaps, RequestDesk requests, AnswerDesk answers) {

        static Desks of(ProcessorContext<String, Object> context, ExchangeRules rules, ExchangeMeters meters) {
            ExchangeTables tables = new ExchangeTables(context, rules, meters);
            ExchangeOutput output = new ExchangeOutput(context);
            GapDesk gaps = new GapDesk(rules, tables, output, meters);
            return new Desks(
                    tables,
                    output,
                    gaps,
                    new RequestDesk(rules, tables, output, gaps, meters),
                    new AnswerDesk(rules, tables, output, gaps));
        }
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        desks = Desks.of(context, rules, meters);
        partition = context.taskId().partition();
        clock = 0;
        context.schedule(LOOK_AT_CLOCK, PunctuationType.WALL_CLOCK_TIME, this::propose);
    }

    @Override
    public void process(Record<String, Object> record) {
        Desks desks = desks();
        long now = Math.max(clock, record.timestamp());
        switch (record.value()) {
            case SeriesEvent event -> happened(desks, event, now);
            case CaseEvent.Suspected suspected ->
                desks.gaps.suspected(suspected, TraceHeaders.read(record.headers()), now);
            case BackfillAnswer answer -> {
                desks.answers.take(answer, now);
                desks.requests.send(answer.series().exchange(), now);
            }
            case ClockTime time -> tick(desks, time.at().toEpochMilli());
            default ->
                throw new IllegalArgumentException(
                        record.value().getClass().getName() + " is nothing for the stage of an exchange");
        }
    }

    @Override
    public void close() {
        desks().tables.gaps.close();
    }

    private static void happened(Desks desks, SeriesEvent event, long now) {
        switch (event) {
            case SeriesEvent.GapFound found -> desks.gaps.found(found, now);
            case SeriesEvent.SlotArrived arrived -> desks.gaps.arrived(arrived, now);
            case SeriesEvent.Mislabelled mislabelled -> desks.gaps.mislabelled(mislabelled, now);
            case SeriesEvent.Active active -> desks.tables.activity.alive(active.exchange(), active.minute());
            case SeriesEvent.Held held -> desks.requests.held(held, now);
        }
    }

    private void tick(Desks desks, long at) {
        clock = Math.max(clock, at);
        proposals.readBack(at);
        desks.gaps.expire(clock);
        desks.tables.exchanges().forEach(exchange -> desks.requests.send(exchange, clock));
    }

    /** Says what time it is where something is due, and decides nothing: see {@link ClockTime}. */
    private void propose(long wallClock) {
        Desks desks = desks();
        long earliest = desks.tables.gaps.earliestDeadline();
        for (String exchange : desks.tables.exchanges()) {
            earliest = Math.min(earliest, desks.requests.earliest(exchange));
        }
        if (proposals.propose(wallClock, earliest)) {
            desks.output.clock(new ClockTime(partition, Instant.ofEpochMilli(wallClock)));
        }
    }

    private Desks desks() {
        if (desks == null) {
            throw new IllegalStateException("not initialised");
        }
        return desks;
    }
}
