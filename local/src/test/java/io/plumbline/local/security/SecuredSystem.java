package io.plumbline.local.security;

import com.sun.net.httpserver.HttpServer;
import io.plumbline.local.BrokerSecurity;
import io.plumbline.local.EmbeddedKafka;
import io.plumbline.local.exchange.SimulatedExchange;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.config.PlumblineConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Kafka, the stores and an exchange, of which all but the last are reached over TLS only; and the configuration that
 * each app is given: one file for all, its own user from the environment, passwords from files.
 */
final class SecuredSystem implements AutoCloseable {

    static final String KAFKA_PASSWORD = "hunter2-of-kafka";

    final KafkaGrants grants = KafkaGrants.read(SecuredStores.GRANTS.resolve("kafka.acl"));
    final SecuredStores stores;
    final SimulatedMarket market = new SimulatedMarket();
    private final SimulatedExchange exchange;
    final Certificates certificates;
    /** Of somebody else. */
    final Certificates stranger;

    final Path configFile;
    private final Path directory;
    private final EmbeddedKafka kafka;
    private final HttpServer webhook;
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    private SecuredSystem(Path directory) throws Exception {
        this.directory = directory;
        certificates = Certificates.make(directory.resolve("ours"));
        stranger = Certificates.make(directory.resolve("theirs"));
        kafka = EmbeddedKafka.start(
                null, 0, new BrokerSecurity(certificates.keystore(), Certificates.PASSWORD, users()));
        stores = SecuredStores.start(certificates);
        exchange = SimulatedExchange.start(market, Clock.systemUTC(), 0, 10);
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", post -> {
            told.add(new String(post.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            post.sendResponseHeaders(200, -1);
            post.close();
        });
        webhook.start();
        configFile = copyConfig();
        try (Admin admin = admin()) {
            grants.apply(admin);
        }
    }

    static SecuredSystem start() {
        try {
            return new SecuredSystem(Files.createTempDirectory("plumbline-secured-"));
        } catch (Exception e) {
            throw new IllegalStateException("the secured system does not start", e);
        }
    }

    private Map<String, String> users() {
        Map<String, String> passwords = new TreeMap<>();
        passwords.put(BrokerSecurity.ADMIN, KAFKA_PASSWORD);
        grants.users().forEach(user -> passwords.put(user, KAFKA_PASSWORD));
        return passwords;
    }

    private Path copyConfig() throws IOException {
        try (InputStream in = SecuredSystem.class.getResourceAsStream("/io/plumbline/local/demo/mail-system.yaml")) {
            if (in == null) {
                throw new IllegalStateException("the mail system's configuration is not on the class path");
            }
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Files.writeString(
                    directory.resolve("plumbline.yaml"), yaml.replaceAll("(?m)^ *(password|schema|user): .*$", ""));
        }
    }

    /** What an app is given besides the file. */
    Map<String, String> environment(String app) throws IOException {
        return environment(app, certificates);
    }

    /** @param trusted whose certificate it trusts */
    Map<String, String> environment(String app, Certificates trusted) throws IOException {
        Map<String, String> environment = new HashMap<>();
        kafkaProperties(app, trusted)
                .forEach((name, value) -> environment.put(
                        "PLUMBLINE_KAFKA_PROPERTIES_" + name.replace('.', '_').toUpperCase(Locale.ROOT), value));
        environment.put(
                "PLUMBLINE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG_FILE",
                secret(
                        app + ".jaas",
                        String.valueOf(environment.remove("PLUMBLINE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG"))));
        environment.put("PLUMBLINE_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.put(
                "PLUMBLINE_KAFKA_STATE_DIR", directory.resolve("state-" + app).toString());
        String role = app.replace('-', '_');
        environment.put("PLUMBLINE_POSTGRES_URL", stores.postgresUrl(trusted));
        environment.put("PLUMBLINE_POSTGRES_USER", "plumbline_" + role);
        environment.put("PLUMBLINE_POSTGRES_PASSWORD_FILE", secret("store", SecuredStores.PASSWORD));
        environment.put("PLUMBLINE_MONGO_URL_FILE", secret("mongo", stores.mongoUrl()));
        environment.put("PLUMBLINE_MONGO_TRUSTSTORE", trusted.truststore().toString());
        environment.put("PLUMBLINE_MONGO_TRUSTSTORE_PASSWORD", Certificates.PASSWORD);
        environment.put("PLUMBLINE_REDIS_NODES", stores.redis.node());
        environment.put("PLUMBLINE_REDIS_USER", "plumbline_" + role);
        environment.put("PLUMBLINE_REDIS_PASSWORD_FILE", secret("store", SecuredStores.PASSWORD));
        environment.put("PLUMBLINE_REDIS_TLS", "true");
        environment.put("PLUMBLINE_REDIS_TRUSTSTORE", trusted.truststore().toString());
        environment.put("PLUMBLINE_REDIS_TRUSTSTORE_PASSWORD", Certificates.PASSWORD);
        environment.put("PLUMBLINE_EXCHANGES_SIMULATED_BASE_URL", exchange.baseUrl());
        environment.put(
                "PLUMBLINE_NOTIFICATIONS_URL",
                "http://127.0.0.1:" + webhook.getAddress().getPort() + "/");
        return environment;
    }

    PlumblineConfig config(String app) throws IOException {
        return ConfigFile.load(configFile, environment(app));
    }

    PlumblineConfig config(String app, Certificates trusted) throws IOException {
        return ConfigFile.load(configFile, environment(app, trusted));
    }

    /** What the webhook was sent. */
    Collection<String> told() {
        return List.copyOf(told);
    }

    Admin admin() {
        Properties properties = new Properties();
        properties.putAll(kafkaProperties(BrokerSecurity.ADMIN, certificates));
        properties.put("bootstrap.servers", kafka.bootstrapServers());
        return Admin.create(properties);
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** A file of Kafka client properties, as the command line reads it. */
    Path clientProperties(String user) throws IOException {
        StringBuilder text = new StringBuilder();
        kafkaProperties("plumbline-" + user, certificates)
                .forEach((name, value) ->
                        text.append(name).append('=').append(value).append('\n'));
        return Files.writeString(directory.resolve(user + ".properties"), text);
    }

    private static Map<String, String> kafkaProperties(String app, Certificates trusted) {
        String user = app.equals(BrokerSecurity.ADMIN) || app.startsWith("plumbline-") ? app : "plumbline-" + app;
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(user, KAFKA_PASSWORD),
                "ssl.truststore.location",
                trusted.truststore().toString(),
                "ssl.truststore.password",
                Certificates.PASSWORD,
                "ssl.truststore.type",
                "PKCS12");
    }

    private String secret(String name, String value) throws IOException {
        return Files.writeString(directory.resolve(name), value + "\n").toString();
    }

    @Override
    public void close() throws Exception {
        webhook.stop(0);
        exchange.close();
        stores.close();
        kafka.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
