package io.plumbline.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

/**
 * The processor time of a client process and of this one, which holds the embedded MongoDB server and Kafka: it says
 * what limits a figure, and is less disturbed by other load than time is. PostgreSQL's is not in it.
 */
final class CpuClock {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final ProcessHandle client;
    private final Duration clientStart;
    private final Duration serverStart;

    private CpuClock(ProcessHandle client) {
        this.client = client;
        this.clientStart = used(client);
        this.serverStart = used();
    }

    static CpuClock start(JavaProcess client) {
        return new CpuClock(client.handle());
    }

    private static Duration used(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static Duration used() {
        return Duration.ofNanos(SYSTEM.getProcessCpuTime());
    }

    /** What was used since the start, in words. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "processor: client %d ms, embedded servers %d ms",
                used(client).minus(clientStart).toMillis(),
                used().minus(serverStart).toMillis());
    }
}
