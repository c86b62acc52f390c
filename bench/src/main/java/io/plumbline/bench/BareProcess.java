package io.plumbline.bench;

import java.util.Comparator;
import java.util.List;

/** The bare reads and writes, in a process of their own; times are milliseconds. */
final class BareProcess implements AutoCloseable {

    private final JavaProcess process;
    private String postgresWay = "postgres-copy";
    private String mongoWay = "mongo-raw";

    private BareProcess(JavaProcess process) {
        this.process = process;
    }

    static BareProcess start(BenchParts parts, String heap) {
        return new BareProcess(JavaProcess.start(
                BareMain.class.getName(),
                List.of("-Xmx" + heap),
                parts.directory().resolve("bare.log"),
                parts.postgres().jdbcUrl(),
                parts.postgres().user(),
                parts.postgres().password(),
                parts.mongo().url()));
    }

    /** Tries each way twice, so that the second is warm, and keeps the fastest. */
    void chooseWays() {
        postgresWay = fastest(List.of("postgres-copy", "postgres-cursor"));
        mongoWay = fastest(List.of("mongo-raw", "mongo-documents"));
    }

    private String fastest(List<String> ways) {
        ways.forEach(this::time);
        return ways.stream().min(Comparator.comparingDouble(this::time)).orElseThrow();
    }

    double postgres() {
        return time(postgresWay);
    }

    double mongo() {
        return time(mongoWay);
    }

    double lookups(int rows) {
        return time("lookups " + rows);
    }

    /** Conditional writes of the first documents; they are read beforehand. */
    double writes(int documents) {
        process.ask("prepare-writes " + documents);
        return time("writes");
    }

    /** All store operations of that many repairs. */
    double steps(int documents, int threads) {
        return time("steps " + documents + " " + threads);
    }

    private double time(String what) {
        CpuClock clock = CpuClock.start(process);
        double millis = Double.parseDouble(process.ask(what));
        Console.say("  bare %s: %.0f ms; %s", what, millis, clock);
        return millis;
    }

    @Override
    public void close() {
        process.close();
    }
}
