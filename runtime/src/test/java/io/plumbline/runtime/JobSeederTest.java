package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.Job;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobSeederTest {

    private static final String YAML = """
            kafka: {bootstrap-servers: "localhost:9092"}
            postgres: {url: "jdbc:postgresql://localhost/app", user: app, password: plumbline}
            mongo: {url: "mongodb://localhost", database: app}
            datasets:
              clients:
                source: {table: t, primary-key: [id], change-time: updated_at}
                target: {collection: clients}
                key: [{source: id, document: _id}]
                fields: []
            """;

    @Test
    void shouldDescribeEachJobWhenItIsConfigured() {
        Map<String, Job> jobs = JobSeeder.jobs(ConfigFile.parse(YAML, Map.of()));

        assertThat(jobs).containsOnlyKeys("clients", "clients-full", "clients-hourly");
        assertThat(jobs.get("clients"))
                .isEqualTo(new Job(
                        JobConfig.Kind.DOCUMENTS,
                        "clients",
                        false,
                        Duration.ofDays(2),
                        List.of(),
                        "Compares what changed in clients within 2d with the collection clients"));
    }

    @Test
    void shouldDescribeTheScansWhenThereIsAnExchange() {
        String yaml = YAML + """
                redis: {nodes: ["localhost:6379"]}
                exchanges: {coinbase: {adapter: coinbase, base-url: "https://x"}}
                """;

        Map<String, Job> jobs = JobSeeder.jobs(ConfigFile.parse(yaml, Map.of()));

        assertThat(jobs.get("coinbase-candles"))
                .isEqualTo(new Job(
                        JobConfig.Kind.CANDLES,
                        null,
                        false,
                        Duration.ofMinutes(30),
                        List.of(),
                        "Counts the candles of coinbase in the cache, of the last 30m"));
        assertThat(jobs.get("coinbase-candles-hourly"))
                .extracting(Job::description)
                .isEqualTo("Lists the candles of coinbase in the cache, of the last 6h");
    }
}
