package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OrderlyEndTest {

    private final List<String> closed = new ArrayList<>();
    private final List<Integer> halted = new ArrayList<>();
    private final List<Integer> exited = new CopyOnWriteArrayList<>();
    private final ProcessEnd end = new ProcessEnd(exited::add);

    @Test
    void shouldLeaveTheStatusToTheSignalWhenAllEndsInTime() {
        new OrderlyEnd("app", () -> closed.add("app"), Duration.ofMinutes(1), end, halted::add).run();

        assertThat(closed).containsExactly("app");
        assertThat(halted).isEmpty();
    }

    @Test
    void shouldHaltWhenSomethingDoesNotEndInTime() {
        CountDownLatch never = new CountDownLatch(1);

        new OrderlyEnd("app", never::await, Duration.ofMillis(20), end, halted::add).run();

        assertThat(halted).containsExactly(4);
        never.countDown();
    }

    @Test
    void shouldHaltWhenSomethingEndsWithAFailure() {
        AutoCloseable failing = () -> {
            throw new IllegalStateException("not every part ended cleanly");
        };

        new OrderlyEnd("app", failing, Duration.ofMinutes(1), end, halted::add).run();

        assertThat(halted).containsExactly(4);
    }

    @Test
    void shouldHaltWhenClosingBreaksOff() {
        AutoCloseable broken = () -> {
            throw new AssertionError("not even an exception");
        };

        new OrderlyEnd("app", broken, Duration.ofMinutes(1), end, halted::add).run();

        assertThat(closed).isEmpty();
        assertThat(halted).containsExactly(4);
    }

    @Test
    void shouldKeepToTheFailureWhenOneAskedForTheEndAndTheRestDoesNotEndInTime() {
        CountDownLatch never = new CountDownLatch(1);
        end.fatal("worker", new IllegalStateException("Kafka stayed away"));

        new OrderlyEnd("app", never::await, Duration.ofMillis(20), end, halted::add).run();

        assertThat(halted).containsExactly(1);
        await().untilAsserted(() -> assertThat(exited).containsExactly(1));
        never.countDown();
    }

    @Test
    void shouldKeepToTheFailureWhenOneAskedForTheEndAndClosingFails() {
        AutoCloseable failing = () -> {
            throw new IllegalStateException("not every part ended cleanly");
        };
        end.fatal("worker", new IllegalStateException("Kafka stayed away"));

        new OrderlyEnd("app", failing, Duration.ofMinutes(1), end, halted::add).run();

        assertThat(halted).containsExactly(1);
    }

    @Test
    void shouldHaltAsNotInOrderWhenAPartFailsOnlyWhileItIsClosed() {
        AutoCloseable failing = () -> {
            end.fatal("worker", new IllegalStateException("Kafka went away"));
            throw new IllegalStateException("not every part ended cleanly");
        };

        new OrderlyEnd("app", failing, Duration.ofMinutes(1), end, halted::add).run();

        assertThat(halted).containsExactly(4);
    }
}
