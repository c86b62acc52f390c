package io.plumbline.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is sampled of one app's process over a soak. */
final class Samples implements AutoCloseable {

    private final AppProcess process;
    private final HeapProbe heap;
    private final Map<Quantity, List<Double>> taken = new EnumMap<>(Quantity.class);

    Samples(AppProcess process) {
        this.process = process;
        this.heap = HeapProbe.attach(process.process().pid());
    }

    AppProcess process() {
        return process;
    }

    /** Takes one sample of everything; throws where the process has ended. */
    void take() {
        process.requireAlive();
        add(Quantity.HEAP, heap.liveMb());
        Footprint footprint = Footprint.of(process.process().pid());
        add(Quantity.RESIDENT, footprint.residentMb());
        add(Quantity.THREADS, footprint.threads());
        add(Quantity.HANDLES, footprint.handles());
        add(Quantity.STATE, DirectorySize.mb(process.state()));
    }

    /** How everything went over so many hours. */
    Map<Quantity, Trend> trends(double hours) {
        Map<Quantity, Trend> trends = new EnumMap<>(Quantity.class);
        taken.forEach((quantity, samples) -> trends.put(quantity, Trend.of(samples, hours)));
        return trends;
    }

    private void add(Quantity quantity, double value) {
        taken.computeIfAbsent(quantity, none -> new ArrayList<>()).add(value);
    }

    @Override
    public void close() {
        heap.close();
    }
}
