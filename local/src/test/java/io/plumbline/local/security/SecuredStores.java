package io.plumbline.local.security;

import de.bwaldvogel.mongo.MongoServer;
import io.plumbline.local.EmbeddedPostgres;
import io.plumbline.local.EmbeddedRedis;
import io.plumbline.local.mongo.OrderedBackend;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The stores that let nobody in but over TLS, and PostgreSQL and Redis only by password: with the roles and users of
 * {@code compose/grants}, and the tables that they are about. The embedded MongoDB server knows no users.
 */
final class SecuredStores implements AutoCloseable {

    static final Path GRANTS = Path.of("..", "compose", "grants");
    /** Of every role and user. */
    static final String PASSWORD = "hunter2-of-a-store";

    final EmbeddedRedis redis;
    private final EmbeddedPostgres postgres;
    private final Connection owner;
    private final MongoServer mongo;
    private final int mongoPort;

    private SecuredStores(EmbeddedPostgres postgres, EmbeddedRedis redis, MongoServer mongo) throws SQLException {
        this.postgres = postgres;
        this.redis = redis;
        this.mongo = mongo;
        this.owner = postgres.connect();
        this.mongoPort = mongo.getLocalAddress().getPort();
    }

    static SecuredStores start(Certificates certificates) throws Exception {
        EmbeddedRedis redis = startRedis(certificates);
        MongoServer mongo = new MongoServer(new OrderedBackend());
        mongo.enableSsl(certificates.key(), null, certificates.certificate());
        mongo.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SecuredStores stores = new SecuredStores(EmbeddedPostgres.start(), redis, mongo);
        stores.grant();
        stores.secure(certificates);
        return stores;
    }

    private static EmbeddedRedis startRedis(Certificates certificates) throws IOException {
        String users = Files.readString(GRANTS.resolve("redis.acl"))
                .replaceAll("(?m)$", " >" + PASSWORD)
                .strip();
        Path acl = Files.writeString(
                certificates.keyFile().resolveSibling("users.acl"),
                users.replaceAll("\n >" + PASSWORD + "$", "") + "\nuser default on nopass ~* +@all\n");
        String port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = Integer.toString(socket.getLocalPort());
        }
        return EmbeddedRedis.start(
                null,
                Integer.parseInt(port),
                "--port",
                "0",
                "--tls-port",
                port,
                "--tls-cert-file",
                certificates.certificateFile().toString(),
                "--tls-key-file",
                certificates.keyFile().toString(),
                "--tls-auth-clients",
                "no",
                "--aclfile",
                acl.toString());
    }

    /** The application's tables, Plumbline's own, and what the roles may do with them. */
    private void grant() throws IOException, SQLException {
        execute(resource("/io/plumbline/local/demo/mail-system.sql"));
        execute("CREATE SCHEMA plumbline; SET search_path TO plumbline");
        execute(resource("/io/plumbline/stores/journal/tables.sql"));
        execute("RESET search_path");
        execute(Files.readString(GRANTS.resolve("postgres.sql")));
        for (String role : new String[] {"reconciler", "repairer", "outbox_feed"}) {
            execute("ALTER ROLE plumbline_%s PASSWORD '%s'".formatted(role, PASSWORD));
        }
    }

    /** From now on, who connects comes over TLS and has a password; the owner's connection is there already. */
    private void secure(Certificates certificates) throws IOException, SQLException {
        execute("ALTER SYSTEM SET ssl_cert_file = '" + certificates.certificateFile() + "'");
        execute("ALTER SYSTEM SET ssl_key_file = '" + certificates.keyFile() + "'");
        execute("ALTER SYSTEM SET ssl = on");
        Files.writeString(Path.of(text("SHOW hba_file")), "hostssl all all all scram-sha-256\n");
        execute("SELECT pg_reload_conf()");
    }

    String postgresUrl(Certificates trusted) {
        return postgres.jdbcUrl() + "?sslmode=verify-full&sslrootcert=" + trusted.certificateFile();
    }

    String mongoUrl() {
        return "mongodb://127.0.0.1:" + mongoPort + "/?tls=true";
    }

    /** As the owner of the tables. */
    synchronized void execute(String sql) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    /** As the owner of the tables: the first column of the first row. */
    synchronized String text(String sql) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = SecuredStores.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws SQLException {
        owner.close();
        mongo.shutdownNow();
        redis.close();
        postgres.close();
    }
}
