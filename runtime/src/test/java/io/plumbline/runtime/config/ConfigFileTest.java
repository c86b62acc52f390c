package io.plumbline.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.DatasetConfig.ExtraPolicy;
import io.plumbline.topics.config.DatasetConfig.RepairPolicy;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.config.KeyPartConfig;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.config.ScheduleConfig;
import io.plumbline.topics.record.Schedule.CatchUp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

    static final String MINIMAL = """
            kafka: {bootstrap-servers: "localhost:9092"}
            postgres: {url: "jdbc:postgresql://localhost/app", user: app, password: plumbline}
            mongo: {url: "mongodb://localhost", database: app}
            datasets:
              clients:
                source: {table: incoming_emails, primary-key: [id], change-time: updated_at}
                target: {collection: clients, array: final_creditor_list}
                key:
                  - {source: client, document: _id}
                  - {source: creditor, element: creditor, rewrite: {pattern: "/", replacement: _}}
                fields:
                  - {source: extracted_data, path: /debt_amount, target: creditor_response_amount, type: number, scale: 2}
                  - {source: status}
                outbox: {table: outbox_messages}
            """;

    static final String CANDLES = MINIMAL + """
            redis: {nodes: ["localhost:6379"], fields: {open-time: t}}
            exchanges:
              coinbase:
                adapter: coinbase
                base-url: https://api.exchange.coinbase.com
                products: {BTC/EUR: BTC-EUR}
                timeframes: [1m, 1w]
            """;

    @TempDir
    Path directory;

    @Test
    void shouldFillEveryDefaultWhenOnlyWhatIsRequiredIsGiven() {
        PlumblineConfig config = ConfigFile.parse(MINIMAL, Map.of());

        DatasetConfig clients = config.dataset("clients");
        assertThat(config.kafka().partitions()).isEqualTo(4);
        assertThat(config.kafka().replicationFactor()).isEqualTo((short) -1);
        assertThat(config.postgres().schema()).isEqualTo("plumbline");
        assertThat(config.apps().scanWorkers()).isEqualTo(2);
        assertThat(config.candles().latenessOf("1m")).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.candles().retention()).isEqualTo(Duration.ofDays(30));
        assertThat(clients.grace()).isEqualTo(Duration.ofSeconds(30));
        assertThat(clients.window()).isEqualTo(Duration.ofDays(2));
        assertThat(clients.longestTransaction()).isEqualTo(Duration.ofMinutes(5));
        assertThat(clients.deadline()).isEqualTo(Duration.ofHours(1));
        assertThat(clients.unavailableAfter()).isEqualTo(Duration.ofSeconds(60));
        assertThat(clients.breaker().maxRatio()).isEqualTo(0.2);
        assertThat(clients.breaker().slidingWindow()).isEqualTo(Duration.ofMinutes(10));
        assertThat(clients.retry().longest()).isEqualTo(Duration.ofSeconds(30));
        assertThat(clients.repair()).isEqualTo(RepairPolicy.AUTO);
        assertThat(clients.extras()).isEqualTo(ExtraPolicy.REPORT);
        assertThat(clients.group()).isEqualTo("clients");
        assertThat(clients.fields().get(1).target()).isEqualTo("status");
        assertThat(clients.key().get(0).type()).isEqualTo(KeyPartConfig.Type.TEXT);
        assertThat(clients.cleanUp())
                .isNotNull()
                .satisfies(cleanUp -> assertThat(cleanUp.processedAfter()).isEqualTo(Duration.ofDays(30)));
        OutboxConfig outbox = clients.outbox();
        assertThat(outbox).isNotNull();
        assertThat(outbox.slot()).isEqualTo("plumbline_clients");
        assertThat(outbox.sourceColumn()).isEqualTo("id");
        assertThat(outbox.payload()).isEqualTo("payload");
        assertThat(outbox.maxRetries()).isEqualTo(5);
    }

    @Test
    void shouldBringJobsAndSchedulesWhenADatasetIsDeclared() {
        PlumblineConfig config = ConfigFile.parse(MINIMAL, Map.of());

        assertThat(config.jobs())
                .containsOnlyKeys(
                        "clients", "clients-full", "clients-outbox-retry", "clients-clean-up", "clients-hourly")
                .containsEntry("clients", new JobConfig(JobConfig.Kind.DOCUMENTS, "clients", false, null, List.of()))
                .containsEntry(
                        "clients-hourly",
                        new JobConfig(
                                JobConfig.Kind.SEQUENCE,
                                null,
                                false,
                                null,
                                List.of("clients-outbox-retry", "clients", "clients-clean-up")));
        assertThat(config.schedules())
                .containsOnlyKeys("clients-hourly", "clients-full")
                .containsEntry(
                        "clients-full", new ScheduleConfig("0 2 * * *", "UTC", "clients-full", CatchUp.LATEST, true));
    }

    @Test
    void shouldKeepWhatIsDeclaredWhenADerivedScheduleOrJobIsNamed() {
        String yaml = MINIMAL + """
                jobs:
                  clients: {window: 1h30m}
                schedules:
                  clients-hourly: {enabled: false}
                  nightly: {cron: "30 3 * * 1-5", zone: Europe/Berlin, job: clients-full, catch-up: none}
                """;

        PlumblineConfig config = ConfigFile.parse(yaml, Map.of());

        assertThat(config.jobs().get("clients"))
                .isEqualTo(
                        new JobConfig(JobConfig.Kind.DOCUMENTS, "clients", false, Duration.ofMinutes(90), List.of()));
        assertThat(config.schedules())
                .containsEntry(
                        "clients-hourly",
                        new ScheduleConfig("0 * * * *", "UTC", "clients-hourly", CatchUp.LATEST, false))
                .containsEntry(
                        "nightly",
                        new ScheduleConfig("30 3 * * 1-5", "Europe/Berlin", "clients-full", CatchUp.NONE, true));
    }

    @Test
    void shouldCompareEverythingByDefaultWhenThereIsNoChangeTime() {
        PlumblineConfig config = ConfigFile.parse(MINIMAL.replace(", change-time: updated_at", ""), Map.of());

        assertThat(config.jobs().get("clients"))
                .isNotNull()
                .satisfies(job -> assertThat(job.full()).isTrue());
    }

    @Test
    void shouldTellAllErrorsAtOnceWithPathAndWhatIsRightWhenThereAreMany() {
        String yaml = """
                kafka: {bootstrap-servers: "localhost:9092", partition: 3, partitions: many}
                postgres: {url: "postgres://localhost/app", user: app, password: plumbline}
                mongo: {url: "mongodb://localhost"}
                datasets:
                  clients:
                    source: {table: t, query: SELECT 1, primary-key: []}
                    target: {collection: clients}
                    key:
                      - {source: client, document: _id, type: number}
                      - {source: creditor, element: creditor, rewrite: {pattern: "(", replacement: _}}
                    fields:
                      - {source: a, path: debt, target: x, zone: Mars/Base, type: date, format: "yyyy-QQQQQQ"}
                      - {source: b, target: x.y}
                    grace: 5 parsecs
                    outbox: {table: o, aggregate-type-value: client, payload-key: [/a]}
                  9lives: 3
                jobs:
                  all: {kind: sequence, steps: [nothing, clients-hourly]}
                  later: {dataset: clients}
                schedules:
                  s: {cron: "* * *", job: none}
                """;

        ConfigException failure = catchThrowableOfType(
                ConfigException.class, () -> ConfigFile.parse(yaml, Map.of("PLUMBLINE_KAFKA_PARTITION", "1")));

        assertThat(failure.errors())
                .anySatisfy(e -> assertThat(e).startsWith("kafka.partition: no such key; did you mean 'partitions'?"))
                .anySatisfy(
                        e -> assertThat(e).startsWith("kafka.partitions: \"many\" is not right; right is the number"))
                .anySatisfy(e -> assertThat(e).startsWith("postgres.url: the value is not right; right is a JDBC URL"))
                .anySatisfy(e -> assertThat(e).startsWith("mongo.database: is missing; the database's name is needed"))
                .anySatisfy(e -> assertThat(e).startsWith("datasets.clients.source: has both table and query"))
                .anySatisfy(e -> assertThat(e).startsWith("datasets.clients.source.primary-key: a list of 0"))
                .anySatisfy(e ->
                        assertThat(e).startsWith("datasets.clients.key[0].type: \"number\" is not right; right is how"))
                .anySatisfy(e -> assertThat(e).startsWith("datasets.clients.key[1].element: needs target.array"))
                .anySatisfy(
                        e -> assertThat(e).startsWith("datasets.clients.key[1].rewrite.pattern: '(' is not a regular"))
                .anySatisfy(e -> assertThat(e).startsWith("datasets.clients.fields[0].path: 'debt' is no JSON pointer"))
                .anySatisfy(
                        e -> assertThat(e).startsWith("datasets.clients.fields[0].zone: 'Mars/Base' is no time zone"))
                .anySatisfy(e -> assertThat(e).startsWith("datasets.clients.fields[0].format: 'yyyy-QQQQQQ'"))
                .anySatisfy(
                        e -> assertThat(e).startsWith("datasets.clients.fields[1].target: 'x.y' is also written by"))
                .anySatisfy(e -> assertThat(e)
                        .startsWith("datasets.clients.grace: \"5 parsecs\" is not right; right is how long"))
                .anySatisfy(e ->
                        assertThat(e).startsWith("datasets.clients.outbox.aggregate-type-value: needs aggregate-type"))
                .anySatisfy(e -> assertThat(e).startsWith("datasets.clients.outbox.payload-key: has 1 pointers"))
                .anySatisfy(e -> assertThat(e).startsWith("datasets: '9lives' cannot be a name"))
                .anySatisfy(e -> assertThat(e).startsWith("jobs.all.steps[0]: there is no job 'nothing'"))
                .anySatisfy(e -> assertThat(e).startsWith("jobs.all.steps[1]: 'clients-hourly' is a sequence itself"))
                .anySatisfy(e -> assertThat(e).startsWith("jobs.later.kind: is missing"))
                .anySatisfy(e -> assertThat(e).startsWith("schedules.s.job: there is no job 'none'"))
                .anySatisfy(e -> assertThat(e).startsWith("schedules.s.cron: '* * *' is no cron line"))
                .anySatisfy(e -> assertThat(e).startsWith("environment PLUMBLINE_KAFKA_PARTITION: no key"));
    }

    @Test
    void shouldNotShowASecretWhenItIsWrong() {
        String yaml = MINIMAL.replace("password: plumbline", "password: [hunter2]");

        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse(yaml, Map.of()));

        assertThat(failure.errors())
                .hasSize(1)
                .allSatisfy(e -> assertThat(e)
                        .startsWith("postgres.password: the value is not right")
                        .doesNotContain("hunter2"));
    }

    @Test
    void shouldSayLineAndColumnWhenTheFileIsNoYaml() {
        ConfigException failure =
                catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse("kafka:\n  a: [\nb: 1", Map.of()));

        assertThat(failure.errors()).hasSize(1).allSatisfy(e -> assertThat(e).contains("line ", "right is YAML"));
    }

    @Test
    void shouldSayWhichFileWhenItCannotBeRead() {
        ConfigException failure = catchThrowableOfType(
                ConfigException.class, () -> ConfigFile.load(directory.resolve("absent.yaml"), Map.of()));

        assertThat(failure.errors()).hasSize(1).allSatisfy(e -> assertThat(e).contains("absent.yaml"));
    }

    @Test
    void shouldRefuseWhenDatasetsWouldShareAJobOrASlot() {
        String yaml = MINIMAL + """
                  clients-full:
                    source: {table: t, primary-key: [id]}
                    target: {collection: c}
                    key: [{source: id, document: _id}]
                    fields: []
                    outbox: {table: o, slot: plumbline_clients}
                """;

        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse(yaml, Map.of()));

        assertThat(failure.errors())
                .anySatisfy(e -> assertThat(e).contains("its job clients-full is also one of dataset clients"))
                .anySatisfy(e -> assertThat(e).contains("'plumbline_clients' is also datasets.clients.outbox.slot"));
    }
}
