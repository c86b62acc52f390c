package io.plumbline.bench;

import io.plumbline.runtime.KafkaClients;
import io.plumbline.topics.config.KafkaConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Some reconcilers and as many repairers, each a process of its own. */
final class ScaledApps implements AutoCloseable {

    /** The groups that share work out, each of as many members as there are processes, times its threads. */
    private static final List<String> GROUPS = List.of("plumbline-segments", "plumbline-checks", "plumbline-repairer");

    private final int instances;
    private final KafkaConfig kafka;
    private final List<AppProcess> running = new ArrayList<>();
    private final Meters meters = new Meters();

    private ScaledApps(int instances, KafkaConfig kafka) {
        this.instances = instances;
        this.kafka = kafka;
    }

    /** Starts them, each with one thread per kind of work, and waits until each has its partitions and tells its meters. */
    static ScaledApps start(int instances, Path file, KafkaConfig kafka, Path directory, String heap) {
        ScaledApps apps = new ScaledApps(instances, kafka);
        boolean started = false;
        try {
            for (int i = 1; i <= instances; i++) {
                for (App app : List.of(App.RECONCILER, App.REPAIRER)) {
                    String name = "%s-%d-of-%d".formatted(app.label(), i, instances);
                    apps.running.add(AppProcess.start(app, name, file, directory, heap));
                }
            }
            apps.awaitMembers();
            apps.awaitMeters();
            started = true;
            return apps;
        } finally {
            if (!started) {
                apps.close();
            }
        }
    }

    /** What each process of an app has counted. */
    List<Double> each(App app, String meter, String... labels) {
        return running.stream()
                .filter(process -> process.app() == app)
                .map(process -> meters.sum(process, meter, labels))
                .toList();
    }

    void requireAlive() {
        running.forEach(AppProcess::requireAlive);
    }

    private void awaitMembers() {
        try (Admin admin = new KafkaClients(kafka).openAdmin()) {
            StreamClock.secondsUntil(() -> {
                requireAlive();
                Collection<ConsumerGroupDescription> groups = groups(admin);
                return groups.size() == GROUPS.size() && groups.stream().allMatch(this::isShared);
            });
        }
    }

    private void awaitMeters() {
        StreamClock.secondsUntil(() -> {
            requireAlive();
            return running.stream().allMatch(process -> meters.answers(process.metricsPort()));
        });
    }

    private boolean isShared(ConsumerGroupDescription group) {
        return group.groupState() == GroupState.STABLE
                && group.members().size() == instances
                && group.members().stream()
                                .filter(member ->
                                        !member.assignment().topicPartitions().isEmpty())
                                .count()
                        == instances;
    }

    /** None while one of them does not exist yet. */
    private Collection<ConsumerGroupDescription> groups(Admin admin) {
        List<String> names =
                GROUPS.stream().map(group -> kafka.topicPrefix() + group).toList();
        try {
            return admin.describeConsumerGroups(names).all().get().values();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw new IllegalStateException("the groups " + names + " cannot be described", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        running.parallelStream().forEach(AppProcess::close);
    }
}
