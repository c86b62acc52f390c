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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    void shouldPreferTheEnvironmentWhenItNamesAKey() throws IOException {
        Path secret = Files.writeString(directory.resolve("password"), "from-a-file\n");

        PlumblineConfig config = ConfigFile.parse(
                MINIMAL,
                Map.of(
                        "PLUMBLINE_KAFKA_BOOTSTRAP_SERVERS", "elsewhere:9092",
                        "PLUMBLINE_KAFKA_PROPERTIES_SASL_MECHANISM", "PLAIN",
                        "PLUMBLINE_POSTGRES_PASSWORD_FILE", secret.toString(),
                        "PLUMBLINE_APPS_WORKERS", "false",
                        "PLUMBLINE_DATASETS_CLIENTS_GRACE", "2s",
                        "PLUMBLINE_DATASETS_CLIENTS_BREAKER_MAX_RATIO", "0.5",
                        "PLUMBLINE_SCHEDULES_CLIENTS_FULL_ENABLED", "false",
                        "PLUMBLINE_CONFIG", "not a key"));

        assertThat(config.kafka().bootstrapServers()).isEqualTo("elsewhere:9092");
        assertThat(config.kafka().properties()).containsExactly(Map.entry("sasl.mechanism", "PLAIN"));
        assertThat(config.postgres().password()).isEqualTo("from-a-file");
        assertThat(config.apps().workers()).isFalse();
        assertThat(config.dataset("clients").grace()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.dataset("clients").breaker().maxRatio()).isEqualTo(0.5);
        assertThat(config.schedules().get("clients-full"))
                .isNotNull()
                .satisfies(schedule -> assertThat(schedule.enabled()).isFalse());
    }

    @Test
    void shouldNeedNoSectionInTheFileWhenTheEnvironmentGivesIt() {
        String yaml = MINIMAL.lines()
                .filter(line -> !line.startsWith("kafka") && !line.startsWith("mongo"))
                .reduce("", (a, b) -> a + b + "\n");

        PlumblineConfig config = ConfigFile.parse(
                yaml,
                Map.of(
                        "PLUMBLINE_KAFKA_BOOTSTRAP_SERVERS", "a:1",
                        "PLUMBLINE_MONGO_URL", "mongodb://b",
                        "PLUMBLINE_MONGO_DATABASE", "c"));

        assertThat(config.mongo().url()).isEqualTo("mongodb://b");
        assertThat(config.kafka().bootstrapServers()).isEqualTo("a:1");
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

    @ParameterizedTest
    @MethodSource("sections")
    void shouldRefuseAVariableOfASectionWhenItNamesNoKey(String section) {
        String name = "PLUMBLINE_" + section.toUpperCase(Locale.ROOT) + "_URI";

        ConfigException failure = catchThrowableOfType(
                ConfigException.class, () -> ConfigFile.parse(CANDLES, Map.of(name, "https://hooks/x")));

        assertThat(failure.errors()).singleElement().asString().startsWith("environment " + name + ": no key");
    }

    private static Set<String> sections() {
        return new ConfigSchema().root().properties().keySet();
    }

    @Test
    void shouldKnowTheKafkaPropertiesOfTheEnvironmentWhenThereIsNoFile() throws IOException {
        Path secret = Files.writeString(directory.resolve("jaas"), "Login required;\n");

        Map<String, String> properties = KafkaEnvironment.properties(Map.of(
                "PLUMBLINE_KAFKA_PROPERTIES_SASL_MECHANISM",
                "PLAIN",
                "PLUMBLINE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG_FILE",
                secret.toString(),
                "PLUMBLINE_KAFKA_TOPIC_PREFIX",
                "no property"));

        assertThat(properties)
                .containsOnly(Map.entry("sasl.mechanism", "PLAIN"), Map.entry("sasl.jaas.config", "Login required;"));
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
    void shouldReadTheLatenessOfATimeframeWhenItHasItsOwn() {
        PlumblineConfig config = ConfigFile.parse(MINIMAL + "candles: {lateness-by-timeframe: {1d: 5m}}\n", Map.of());

        assertThat(config.candles().latenessOf("1d")).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.candles().latenessOf("1h")).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void shouldSayWhatIsRightWhenCandlesCannotBeJudgedSo() {
        String yaml =
                MINIMAL + "candles: {retention: 1h, lateness: 2h, lateness-by-timeframe: {5m: 3h, 1 minute: 5s}}\n";

        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse(yaml, Map.of()));

        assertThat(failure.errors())
                .hasSize(3)
                .anySatisfy(e -> assertThat(e)
                        .startsWith("candles.lateness: is longer than candles.retention (1h); right is at most that"))
                .anySatisfy(e -> assertThat(e).startsWith("candles.lateness-by-timeframe.5m: is longer than"))
                .anySatisfy(e -> assertThat(e).contains("candles.lateness-by-timeframe", "1 minute", "such as 5m"));
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

    @Test
    void shouldFillTheDefaultsOfTheCacheAndTheExchangesWhenTheyAreGiven() {
        PlumblineConfig config = ConfigFile.parse(CANDLES, Map.of());

        assertThat(config.redis()).isNotNull().satisfies(redis -> {
            assertThat(redis.keyFormat()).isEqualTo("candles:<userId>:<exchangeId>:<symbol>:<timeframe>");
            assertThat(redis.newest()).isEqualTo(1_000);
            assertThat(redis.expiry()).isEqualTo(Duration.ofHours(24));
            assertThat(redis.timeout()).isEqualTo(Duration.ofSeconds(2));
            assertThat(redis.fields().openTime()).isEqualTo("t");
            assertThat(redis.fields().close()).isEqualTo("close");
        });
        assertThat(config.exchanges()).containsOnlyKeys("coinbase");
        assertThat(config.exchanges().get("coinbase")).isNotNull().satisfies(exchange -> {
            assertThat(exchange.requestsPerSecond()).isEqualTo(5);
            assertThat(exchange.exchangeId()).isEqualTo("coinbase");
            assertThat(exchange.products()).containsExactly(Map.entry("BTC/EUR", "BTC-EUR"));
            assertThat(exchange.timeframes()).containsExactly("1m", "1w");
        });
        assertThat(ConfigFile.parse(MINIMAL, Map.of()).redis()).isNull();
        assertThat(ConfigFile.parse(MINIMAL, Map.of()).exchanges()).isEmpty();
    }

    @Test
    void shouldReadTheCachesSecretsAndAddressesFromTheEnvironment() throws IOException {
        Path secret = Files.writeString(directory.resolve("redis"), "hunter2\n");

        PlumblineConfig config = ConfigFile.parse(
                CANDLES,
                Map.of(
                        "PLUMBLINE_REDIS_NODES", "a:1,b:2",
                        "PLUMBLINE_REDIS_CLUSTER", "true",
                        "PLUMBLINE_REDIS_PASSWORD_FILE", secret.toString(),
                        "PLUMBLINE_REDIS_TLS", "true",
                        "PLUMBLINE_REDIS_TRUSTSTORE", "/etc/trust.p12",
                        "PLUMBLINE_REDIS_TRUSTSTORE_PASSWORD", "hunter2",
                        "PLUMBLINE_EXCHANGES_COINBASE_REQUESTS_PER_SECOND", "0.5"));

        assertThat(config.redis()).isNotNull().satisfies(redis -> {
            assertThat(redis.nodes()).containsExactly("a:1", "b:2");
            assertThat(redis.password()).isEqualTo("hunter2");
            assertThat(redis.toString()).doesNotContain("hunter2");
        });
        assertThat(EffectiveConfig.text(config))
                .contains("nodes:", "key-format:")
                .doesNotContain("hunter2");
    }

    @Test
    void shouldTellAllErrorsOfTheCacheAndTheExchangesAtOnce() {
        String yaml = MINIMAL + """
                redis:
                  nodes: ["localhost:6379", "other:99999", nowhere]
                  user: ann
                  truststore: /etc/trust.p12
                  keystore-password: k
                  key-format: "c:<symbol>:<interval>"
                  fields: {open: o, close: o}
                  expiry: 0s
                exchanges:
                  a: {adapter: coinbase, base-url: "ftp://x", timeframes: [1m, 90s, 0h], requests-per-second: 0}
                  b: {adapter: coinbase, base-url: "https://x/?q=1", exchange-id: c}
                  c: {base-url: "https://x", timeout: 0s}
                """;

        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse(yaml, Map.of()));

        assertThat(failure.errors())
                .anySatisfy(e -> assertThat(e).startsWith("redis.nodes: names 3 nodes without cluster: true"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.nodes[1]: 'other:99999' has no port"))
                .anySatisfy(
                        e -> assertThat(e).startsWith("redis.nodes[2]: \"nowhere\" is not right; right is host:port"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.password: is missing"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.truststore: means nothing without tls: true"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.keystore-password: means nothing without keystore"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.key-format: <interval> is no part of a series"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.key-format: lacks <exchangeId>"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.fields.close: 'o' is also redis.fields.open"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.expiry: is zero"))
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.a.base-url: \"ftp://x\" is not right"))
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.a.timeframes[1]: \"90s\" is not right"))
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.a.timeframes[2]: \"0h\" is not right"))
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.a.requests-per-second: 0 is not right"))
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.b.base-url: 'https://x/?q=1' is no base address"))
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.c.adapter: is missing"))
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.c.timeout: is zero"))
                .anySatisfy(
                        e -> assertThat(e).startsWith("exchanges.c.exchange-id: and user-id are those of exchanges.b"));
    }

    @Test
    void shouldNeedACacheWhenThereIsAnExchange() {
        String yaml = MINIMAL + "exchanges: {a: {adapter: coinbase, base-url: \"https://x\"}}\n";

        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse(yaml, Map.of()));

        assertThat(failure.errors()).singleElement().asString().startsWith("redis: is missing");
    }
}
