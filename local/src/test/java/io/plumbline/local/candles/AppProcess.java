package io.plumbline.local.candles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An app in a process of its own, from this test's class path, which can be killed and started again. */
final class AppProcess implements AutoCloseable {

    private final Class<?> main;
    private final Path config;
    private final Path output;
    private @Nullable Process process;

    /**
     * @param config the configuration file
     * @param output where what it says is appended
     */
    AppProcess(Class<?> main, Path config, Path output) {
        this.main = main;
        this.config = config;
        this.output = output;
    }

    void start() throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        process = new ProcessBuilder(List.of(
                        java,
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    /** Ends it at once (SIGKILL), and starts another. */
    void killAndStart() throws Exception {
        close();
        start();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
            process = null;
        }
    }
}
