package io.plumbline.reconciler.notify;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A webhook. A post that is not accepted is tried again with backoff, or when a 429 or 503 says that it may be
 * ({@code Retry-After}), a few times; one that is refused (any other 4xx) is not. Its address is in no message.
 */
final class Webhook implements AutoCloseable {

    /** @param timeout how long an answer is waited for */
    record Patience(int attempts, Duration first, Duration longest, Duration timeout) {

        static final Patience USUAL =
                new Patience(4, Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(5));

        /** What one post takes at most: every answer is waited for, and every pause is the longest. */
        Duration ofOnePost() {
            return timeout.multipliedBy(attempts).plus(longest.multipliedBy(attempts - 1L));
        }
    }

    private record Answer(int status, Optional<Duration> retryAfter) {

        boolean wantsRetry() {
            return status == 429 || status >= 500;
        }

        boolean isAccepted() {
            return status >= 200 && status < 300;
        }
    }

    private final URI url;
    private final Duration timeout;
    private final HttpClient http;
    private final RetryPolicy<Answer> retries;
    private final Set<Thread> callers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Webhook(URI url, Patience patience) {
        this.url = url;
        this.timeout = patience.timeout();
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience.timeout())
                .build();
        this.retries = RetryPolicy.<Answer>builder()
                .handle(IOException.class)
                .handleResultIf(Answer::wantsRetry)
                .withMaxAttempts(patience.attempts())
                .withBackoff(patience.first(), patience.longest())
                .withDelayFn(context -> asked(context.getLastResult(), patience))
                .build();
    }

    /** Why the text was not delivered; nothing where it was. */
    Optional<String> post(String json) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        Thread caller = Thread.currentThread();
        callers.add(caller);
        try {
            if (closed) {
                throw new InterruptedException("the webhook is closed");
            }
            Answer answer = Failsafe.with(retries).get(() -> send(request));
            return answer.isAccepted() ? Optional.empty() : Optional.of("it answers " + answer.status());
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            return Optional.of("it cannot be reached: " + e.getCause());
        } finally {
            callers.remove(caller);
        }
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<Void> response = http.send(request, HttpResponse.BodyHandlers.discarding());
        return new Answer(response.statusCode(), retryAfter(response));
    }

    private static Optional<Duration> retryAfter(HttpResponse<Void> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /** The pause that was asked for, within reason; otherwise none is asked for, and it is the backoff's. */
    private static Duration asked(@Nullable Answer answer, Patience patience) {
        Duration asked = answer == null ? null : answer.retryAfter().orElse(null);
        if (asked == null) {
            return Duration.ofNanos(-1);
        }
        return asked.compareTo(patience.longest()) > 0 ? patience.longest() : asked;
    }

    /** Whoever is posting is interrupted: an app that ends cannot wait for a webhook's pauses. */
    @Override
    public void close() {
        closed = true;
        callers.forEach(Thread::interrupt);
        http.shutdownNow();
    }
}
