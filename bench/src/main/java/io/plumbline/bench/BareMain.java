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
import java.util.concurrent.ExecutionException;
import org.bson.Document;

/**
 * The process of the bare baselines, with the same heap as the app that they are compared with: does what each line on
 * standard input names, and answers with the milliseconds that it took.
 */
final class BareMain {

    private BareMain() {}

    /** @param args JDBC URL, user, password, MongoDB URL */
    public static void main(String[] args) throws SQLException, IOException, InterruptedException, ExecutionException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream answers = System.out;
        try (Connection connection = DriverManager.getConnection(args[0], args[1], args[2]);
                MongoClient mongo = MongoClients.create(args[3])) {
            MongoCollection<Document> collection =
                    mongo.getDatabase(BenchParts.DATABASE).getCollection(Customers.NAME);
            BareReads reads = new BareReads(connection, collection);
            BareWrites writes = new BareWrites(collection);
            BareSteps steps = new BareSteps(args[0], args[1], args[2], collection);
            String command;
            while ((command = commands.readLine()) != null) {
                String[] words = command.split(" ");
                prepare(writes, steps, words);
                long start = System.nanoTime();
                run(reads, writes, steps, words);
                answers.printf("%d%n", (System.nanoTime() - start) / 1_000_000);
                answers.flush();
            }
            System.err.println("checksum " + reads.checksum());
        }
    }

    /** What is not timed. */
    private static void prepare(BareWrites writes, BareSteps steps, String[] words) throws SQLException {
        switch (words[0]) {
            case "prepare-writes" -> writes.prepare(Integer.parseInt(words[1]));
            case "steps" -> steps.prepare();
            default -> {}
        }
    }

    private static void run(BareReads reads, BareWrites writes, BareSteps steps, String[] words)
            throws SQLException, InterruptedException, ExecutionException {
        switch (words[0]) {
            case "postgres-copy" -> reads.postgresCopy();
            case "postgres-cursor" -> reads.postgresCursor();
            case "mongo-raw" -> reads.mongoRaw();
            case "mongo-documents" -> reads.mongoDocuments();
            case "lookups" -> reads.lookups(Integer.parseInt(words[1]));
            case "prepare-writes" -> {}
            case "writes" -> writes.write();
            case "steps" -> steps.repair(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            default -> throw new IllegalArgumentException("there is no " + words[0]);
        }
    }
}
