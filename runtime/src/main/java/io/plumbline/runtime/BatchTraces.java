package io.plumbline.runtime;

import io.plumbline.topics.record.Trace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The traces of a batch's commands, for their answers: by the id that a command and its answer have in common. */
public final class BatchTraces {

    private final Map<String, Trace> byId = new HashMap<>();

    private BatchTraces() {}

    public static <V> BatchTraces of(List<Received<V>> batch, Function<V, String> id) {
        BatchTraces traces = new BatchTraces();
        for (Received<V> received : batch) {
            Trace trace = received.trace();
            if (trace != null) {
                traces.byId.put(id.apply(received.value()), trace);
            }
        }
        return traces;
    }

    /** The record, with the headers of the command of that id. */
    public ProducerRecord<byte[], byte[]> on(ProducerRecord<byte[], byte[]> answer, String id) {
        TraceHeaders.write(byId.get(id), answer.headers());
        return answer;
    }
}
