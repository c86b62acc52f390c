package io.plumbline.bench;

/** The machine that figures were measured on, in a few words. */
final class Machine {

    private Machine() {}

    static String describe() {
        Runtime runtime = Runtime.getRuntime();
        return "%d cores, %s %s, Java %s; servers, client and bench share the cores"
                .formatted(
                        runtime.availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.version"));
    }
}
