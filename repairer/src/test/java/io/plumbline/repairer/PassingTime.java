package io.plumbline.repairer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands, except where somebody waits: then it is at once as late as was waited for. */
final class PassingTime extends Clock implements Waiter {

    final List<Instant> waits = new ArrayList<>();
    private Instant now;

    PassingTime(Instant now) {
        this.now = now;
    }

    synchronized void pass(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public synchronized void awaitUntil(Instant time) {
        waits.add(time);
        now = time.isAfter(now) ? time : now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
