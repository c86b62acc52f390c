package io.plumbline.local.chaos;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The processes of a system by name, each with a state directory and a log of its own. What is killed is started again. */
public final class Fleet implements AutoCloseable {

    public static final String OWN_CLASSPATH = System.getProperty("java.class.path");

    private final Path directory;
    private final Path config;
    private final Map<String, String> environment;
    private final Map<String, String> classpaths = new HashMap<>();
    private final Set<String> stateless = new HashSet<>();
    private final Map<String, Class<?>> mains = new LinkedHashMap<>();
    private final Map<String, AppProcess> running = new ConcurrentHashMap<>();
    private final List<String> events = new CopyOnWriteArrayList<>();

    /**
     * @param environment what the processes have besides their own
     * @param directory for configuration, state and logs
     */
    public Fleet(String config, Map<String, String> environment, Path directory) throws IOException {
        this.directory = directory;
        this.environment = environment;
        this.config = Files.writeString(directory.resolve("plumbline.yaml"), config);
    }

    /** Of the version that is being tested. */
    public void start(String name, Class<?> main) {
        start(name, main, OWN_CLASSPATH);
    }

    /** @param classpath of the version that it is */
    public void start(String name, Class<?> main, String classpath) {
        mains.put(name, main);
        classpaths.put(name, classpath);
        run(name);
    }

    /** The version that {@code .ci/upgrade} gives to be upgraded from; a test that needs one is skipped where there is none. */
    public static String previousClasspath() {
        String previous = System.getProperty("plumbline.previous.classpath");
        assumeTrue(previous != null, "the classpath of an earlier version is needed: .ci/upgrade gives it");
        return previous;
    }

    /** What happens while one version works beside the other. */
    @FunctionalInterface
    public interface Step {
        void take() throws Exception;
    }

    /**
     * Ends each as an operator would, and starts one of the version that is being tested in its place; every other finds
     * nothing of its state and restores it from Kafka.
     *
     * @param afterEach what must be over before the next
     */
    public void upgradeEach(Step afterEach) throws Exception {
        boolean keepsState = false;
        for (String name : names()) {
            events.add("upgrade " + name + (keepsState ? "" : " without its state"));
            get(name).close();
            if (!keepsState) {
                stateless.add(name);
            }
            classpaths.put(name, OWN_CLASSPATH);
            run(name);
            afterEach.take();
            keepsState = !keepsState;
        }
    }

    public List<String> names() {
        return List.copyOf(mains.keySet());
    }

    /** SIGKILL, and at once a new process in its place. */
    public void replace(String name) {
        kill(name);
        run(name);
    }

    /** SIGKILL; {@link #restartEnded()} starts another in its place. */
    public void kill(String name) {
        events.add("kill " + name);
        get(name).kill();
    }

    public void pause(String name) {
        events.add("pause " + name);
        get(name).pause();
    }

    public void resume(String name) {
        if (get(name).isPaused()) {
            events.add("resume " + name);
            get(name).resume();
        }
    }

    public boolean isPaused(String name) {
        return get(name).isPaused();
    }

    /** Starts again what ended by itself, as an orchestrator would. */
    public void restartEnded() {
        for (String name : names()) {
            if (!get(name).isAlive()) {
                events.add("ended " + name);
                run(name);
            }
        }
    }

    /** Adds to what was done something that is done to another part of the system. */
    public void note(String event) {
        events.add(event);
    }

    /** All that was done, in order. */
    public List<String> events() {
        return List.copyOf(events);
    }

    /** Where the processes' output is. */
    public Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private void run(String name) {
        Map<String, String> own = new HashMap<>(environment);
        own.put("PLUMBLINE_KAFKA_STATE_DIR", stateOf(name).toString());
        Class<?> main = mains.get(name);
        if (main == null) {
            throw new IllegalArgumentException("no process is called " + name);
        }
        running.put(name, AppProcess.start(classpaths.getOrDefault(name, OWN_CLASSPATH), main, config, own, log(name)));
    }

    private Path stateOf(String name) {
        return directory.resolve(stateless.contains(name) ? name + "-without-state" : name);
    }

    private AppProcess get(String name) {
        AppProcess process = running.get(name);
        if (process == null) {
            throw new IllegalArgumentException("no process is called " + name);
        }
        return process;
    }

    @Override
    public void close() {
        running.values().parallelStream().forEach(AppProcess::close);
    }
}
