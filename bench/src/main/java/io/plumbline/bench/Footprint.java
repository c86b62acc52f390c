package io.plumbline.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the kernel says that a process takes, from {@code /proc}: only on Linux.
 *
 * @param residentMb memory in use ({@code VmRSS})
 * @param peakMb the most that it was ({@code VmHWM})
 * @param handles open files, sockets too
 */
record Footprint(double residentMb, double peakMb, int threads, int handles) {

    private static final double KB_PER_MB = 1_024;

    static Footprint of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> handles = Files.list(process.resolve("fd"))) {
            List<String> status = Files.readAllLines(process.resolve("status"));
            return new Footprint(
                    value(status, "VmRSS:") / KB_PER_MB,
                    value(status, "VmHWM:") / KB_PER_MB,
                    (int) value(status, "Threads:"),
                    (int) handles.count());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    process + " cannot be read: it is there on Linux, while the process runs", e);
        }
    }

    /** The number of a line such as {@code VmRSS: 123456 kB}. */
    static long value(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no line " + name + " in " + status));
    }
}
