package io.plumbline.local.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A server's key and certificate for the loopback address, made by this Java's {@code keytool}; and what clients need
 * to trust it.
 */
final class Certificates {

    static final String PASSWORD = "keys-of-a-test";
    private static final String ALIAS = "server";

    private final Path directory;
    private final KeyStore keys;

    private Certificates(Path directory, KeyStore keys) {
        this.directory = directory;
        this.keys = keys;
    }

    static Certificates make(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Files.createDirectories(directory);
        String keystore = directory.resolve("server.p12").toString();
        keytool("-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost")
                .with("-ext", "san=ip:127.0.0.1,dns:localhost", "-validity", "2", "-storetype", "PKCS12")
                .run(keystore);
        Certificates made = new Certificates(
                directory, KeyStore.getInstance(Path.of(keystore).toFile(), PASSWORD.toCharArray()));
        Files.writeString(
                made.certificateFile(), pem("CERTIFICATE", made.certificate().getEncoded()));
        Files.createFile(
                made.keyFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(made.keyFile(), pem("PRIVATE KEY", made.key().getEncoded()));
        keytool(
                        "-importcert",
                        "-noprompt",
                        "-alias",
                        ALIAS,
                        "-file",
                        made.certificateFile().toString())
                .with("-storetype", "PKCS12")
                .run(made.truststore().toString());
        return made;
    }

    /** PKCS12, of the server. */
    Path keystore() {
        return directory.resolve("server.p12");
    }

    /** PKCS12, of its clients. */
    Path truststore() {
        return directory.resolve("trusted.p12");
    }

    /** PEM. */
    Path certificateFile() {
        return directory.resolve("server.crt");
    }

    /** PEM. */
    Path keyFile() {
        return directory.resolve("server.key");
    }

    X509Certificate certificate() throws GeneralSecurityException {
        return (X509Certificate) keys.getCertificate(ALIAS);
    }

    PrivateKey key() throws GeneralSecurityException {
        Key key = keys.getKey(ALIAS, PASSWORD.toCharArray());
        return (PrivateKey) key;
    }

    private static String pem(String kind, byte[] der) {
        Base64.Encoder base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(kind, base64.encodeToString(der));
    }

    private static KeyTool keytool(String... arguments) {
        return new KeyTool(List.of(arguments));
    }

    /** One call of the program. */
    private record KeyTool(List<String> arguments) {

        KeyTool with(String... more) {
            List<String> all = new ArrayList<>(arguments);
            all.addAll(List.of(more));
            return new KeyTool(all);
        }

        void run(String store) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
            command.addAll(arguments);
            command.addAll(List.of("-keystore", store, "-storepass", PASSWORD));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool ended with " + process.exitValue() + ": " + said);
            }
        }
    }
}
