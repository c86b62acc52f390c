package io.plumbline.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.bson.Document;

/**
 * The process of the bare baselines, with the same heap as the app that they are compared with: does what each line on
 * standard input names, and answers with the milliseconds that it took.
 */
final class BareMain {

    private BareMain() {}

    /** @param args JDBC URL, user, password, MongoDB URL */
    public static void main(String[] args) throws SQLException, IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream answers = System.out;
        try (Connection connection = DriverManager.getConnection(args[0], args[1], args[2]);
                MongoClient mongo = MongoClients.create(args[3])) {
            MongoCollection<Document> collection =
                    mongo.getDatabase(BenchParts.DATABASE).getCollection(Customers.NAME);
            BareReads reads = new BareReads(connection, collection);
            BareWrites writes = new BareWrites(collection);
            String command;
            while ((command = commands.readLine()) != null) {
                String[] words = command.split(" ");
                if (words[0].equals("prepare-writes")) {
                    writes.prepare(Integer.parseInt(words[1]));
                }
                long start = System.nanoTime();
                run(reads, writes, words);
                answers.printf("%d%n", (System.nanoTime() - start) / 1_000_000);
                answers.flush();
            }
            System.err.println("checksum " + reads.checksum());
        }
    }

    private static void run(BareReads reads, BareWrites writes, String[] words) throws SQLException {
        switch (words[0]) {
            case "postgres-copy" -> reads.postgresCopy();
            case "postgres-cursor" -> reads.postgresCursor();
            case "mongo-raw" -> reads.mongoRaw();
            case "mongo-documents" -> reads.mongoDocuments();
            case "lookups" -> reads.lookups(Integer.parseInt(words[1]));
            case "prepare-writes" -> {}
            case "writes" -> writes.write();
            default -> throw new IllegalArgumentException("there is no " + words[0]);
        }
    }
}
