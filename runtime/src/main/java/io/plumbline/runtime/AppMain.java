package io.plumbline.runtime;

import io.plumbline.runtime.config.ConfigException;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.runtime.config.EffectiveConfig;
import io.plumbline.topics.config.PlumblineConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every app's {@code main} does: read the configuration (the first argument or {@code PLUMBLINE_CONFIG} names the
 * file), start, and stay until the process is asked to end.
 */
public final class AppMain {

    /** An app's {@code start(config)}. */
    @FunctionalInterface
    public interface Starter {
        AutoCloseable start(PlumblineConfig config) throws Exception;
    }

    private static final Logger LOG = LoggerFactory.getLogger(AppMain.class);

    private AppMain() {}

    /** Runs an app until its process ends; {@link ExitStatus} says why it did. */
    public static void run(String app, String[] args, Starter starter) throws InterruptedException {
        Map<String, String> environment = System.getenv();
        String file = args.length > 0 ? args[0] : environment.get("PLUMBLINE_CONFIG");
        AutoCloseable running = start(app, file, environment, starter);
        Runtime process = Runtime.getRuntime();
        process.addShutdownHook(new Thread(
                new OrderlyEnd(app, running, OrderlyEnd.PATIENCE, ProcessEnd.OF_THIS_PROCESS, process::halt),
                "shutdown"));
        LOG.info("{} runs", app);
        new CountDownLatch(1).await();
    }

    private static AutoCloseable start(
            String app, @Nullable String file, Map<String, String> environment, Starter starter) {
        if (file == null) {
            LOG.error("{}: name the configuration file as the first argument or in PLUMBLINE_CONFIG", app);
            throw exit(ExitStatus.CONFIGURATION);
        }
        PlumblineConfig config = null;
        try {
            config = ConfigFile.load(Path.of(file), environment);
            LOG.info("{} starts with this configuration:\n{}", app, EffectiveConfig.text(config));
            LOG.info("{} connects to Kafka at {}", app, config.kafka().bootstrapServers());
            return starter.start(config);
        } catch (ConfigException | TopicMismatchException e) {
            LOG.error("{} does not start: {}", app, e.getMessage());
            throw exit(ExitStatus.CONFIGURATION);
        } catch (KafkaException e) {
            if (config != null
                    && KafkaDeniedException.explained(e, config.kafka()) instanceof KafkaDeniedException denied) {
                LOG.error("{} does not start: {}", app, denied.getMessage());
                throw exit(ExitStatus.KAFKA);
            }
            LOG.error(
                    "{} does not start: Kafka cannot be used ({}). Is the cluster of kafka.bootstrap-servers running, and do kafka.properties hold what it asks for?",
                    app,
                    e.getCause() == null
                            ? e.getMessage()
                            : e.getMessage() + ": " + e.getCause().getMessage());
            throw exit(ExitStatus.KAFKA);
        } catch (Exception e) { // of any part; threads that were started before it must not keep the process alive
            LOG.error("{} does not start", app, e);
            throw exit(ExitStatus.FAILED);
        }
    }

    private static IllegalStateException exit(ExitStatus status) {
        System.exit(status.code());
        return new IllegalStateException("the process has ended");
    }
}
