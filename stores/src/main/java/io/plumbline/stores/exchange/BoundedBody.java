package io.plumbline.stores.exchange;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** A body as text, up to a length: a longer one is not read to its end, so that no server can fill the memory. */
final class BoundedBody implements BodySubscriber<String> {

    /** The body is longer than allowed. */
    static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLongException(int limit) {
            super("its answer is longer than " + limit + " bytes");
        }
    }

    private final int limit;
    private final BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
    private @Nullable Subscription subscription;
    private long read;
    private boolean ended;

    private BoundedBody(int limit) {
        this.limit = limit;
    }

    static BodyHandler<String> upTo(int limit) {
        return (HttpResponse.ResponseInfo response) -> new BoundedBody(limit);
    }

    @Override
    public CompletionStage<String> getBody() {
        return text.getBody();
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        text.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (ended) {
            return;
        }
        read += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (read <= limit) {
            text.onNext(buffers);
            return;
        }
        ended = true;
        if (subscription != null) {
            subscription.cancel();
        }
        text.onError(new TooLongException(limit));
    }

    @Override
    public void onError(Throwable failure) {
        if (!ended) {
            text.onError(failure);
        }
    }

    @Override
    public void onComplete() {
        if (!ended) {
            text.onComplete();
        }
    }
}
