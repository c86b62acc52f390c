package io.plumbline.local.demo;

import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.config.PlumblineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The mail application as a process of its own.
 *
 * <ol>
 *   <li>the first time: make the tables and fill both stores, then some drift by hand;
 *   <li>go on writing both stores, and now and then "crash" between the two, until the process is ended.
 * </ol>
 */
@Command(
        name = "mails",
        description = "Writes PostgreSQL and its copy in MongoDB as an application does that crashes now and then.",
        hidden = true,
        mixinStandardHelpOptions = true)
public final class MailsCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(MailsCommand.class);
    private static final int CLIENTS = 500;
    private static final int MOST_CRASHES = 500;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            defaultValue = "${env:PLUMBLINE_CONFIG}",
            description = "The apps' configuration.")
    private @Nullable Path file;

    @Option(names = "--ready", paramLabel = "FILE", description = "Is written when the tables are there.")
    private @Nullable Path ready;

    @Option(names = "--pause", paramLabel = "MS", defaultValue = "500", description = "Between two writes.")
    private int pauseMs;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "The same seed makes the same mails.")
    private long seed;

    @Override
    public Integer call() throws Exception {
        PlumblineConfig config = ConfigFile.load(file == null ? Path.of("") : file, System.getenv());
        try (MailSystem mails = new MailSystem(config)) {
            MailOracle oracle = filled(mails);
            sayReady();
            try (MailApplication application = new MailApplication(
                    oracle,
                    new MailTables(mails.connect()),
                    mails.documents(),
                    seed,
                    MOST_CRASHES,
                    Duration.ofMillis(pauseMs))) {
                application.start();
                application.awaitFailure();
            }
        }
        return 1;
    }

    private MailOracle filled(MailSystem mails) throws SQLException {
        try (Connection connection = mails.connect()) {
            if (mails.isThere(connection)) {
                MailOracle oracle = MailReader.read(connection);
                LOG.info("goes on with {} documents", oracle.fileNumbers().size());
                return oracle;
            }
            // Tables without what fills them would be taken for all there is, the next time.
            connection.setAutoCommit(false);
            mails.createTables(connection);
            MailOracle oracle = new MailLoader(seed, CLIENTS).load(connection, mails.documents());
            List<Planted> planted = new HandEdits(oracle, mails.documents(), seed, 1).plant();
            LOG.info(
                    "{} documents, of which {} entities were edited by hand",
                    oracle.fileNumbers().size(),
                    planted.size());
            return oracle;
        }
    }

    private void sayReady() throws IOException {
        if (ready != null) {
            Files.writeString(ready, "ready\n");
        }
    }
}
