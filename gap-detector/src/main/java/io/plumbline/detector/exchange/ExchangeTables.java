package io.plumbline.detector.exchange;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What the stage knows of its task's exchanges; made anew whenever Kafka Streams begins anew with the stores. */
final class ExchangeTables {

    final SlotTable slots;
    final GapTable gaps;
    final Activity activity;
    final Outages outages;
    private final KeyValueStore<String, OpenRequest> requests;
    private final KeyValueStore<String, ExchangeState> exchanges;
    private final Map<String, Integer> underWay = new HashMap<>();

    ExchangeTables(ProcessorContext<String, Object> context, ExchangeRules rules, ExchangeMeters meters) {
        slots = new SlotTable(context.getStateStore(ExchangeStores.SLOTS));
        gaps = new GapTable(context.getStateStore(ExchangeStores.GAPS), meters);
        activity = new Activity(context.getStateStore(ExchangeStores.MINUTES), rules.retention());
        outages = new Outages(context.getStateStore(ExchangeStores.OUTAGES));
        requests = context.getStateStore(ExchangeStores.REQUESTS);
        exchanges = context.getStateStore(ExchangeStores.EXCHANGES);
        try (KeyValueIterator<String, OpenRequest> all = requests.all()) {
            while (all.hasNext()) {
                KeyValue<String, OpenRequest> entry = all.next();
                count(entry.value, 1);
            }
        }
    }

    /** An id that the exchange has not had before. */
    String newId(String exchange) {
        ExchangeState state = state(exchange);
        exchanges.put(exchange, state.numbered());
        return exchange + "-" + state.next();
    }

    /** The exchange wants no request before. */
    void pause(String exchange, long until) {
        exchanges.put(exchange, state(exchange).paused(until));
    }

    long pausedUntil(String exchange) {
        return state(exchange).pausedUntil();
    }

    void ask(OpenRequest request) {
        requests.put(request.id(), request);
        count(request, 1);
    }

    /** Takes an answered request; {@code null} where it is not under way. */
    @Nullable
    OpenRequest answered(String id) {
        OpenRequest request = requests.delete(id);
        if (request != null) {
            count(request, -1);
        }
        return request;
    }

    /** How many requests to an exchange are under way. */
    int underWay(String exchange) {
        return underWay.getOrDefault(exchange, 0);
    }

    /** The exchanges of which anything is known. */
    Set<String> exchanges() {
        Set<String> names = new HashSet<>();
        try (KeyValueIterator<String, ExchangeState> all = exchanges.all()) {
            all.forEachRemaining(entry -> names.add(entry.key));
        }
        return names;
    }

    private ExchangeState state(String exchange) {
        ExchangeState state = exchanges.get(exchange);
        return state == null ? ExchangeState.NEW : state;
    }

    private void count(OpenRequest request, int by) {
        if (request.http()) {
            underWay.merge(request.series().exchange(), by, Integer::sum);
        }
    }
}
