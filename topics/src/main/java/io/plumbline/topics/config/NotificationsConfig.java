package io.plumbline.topics.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook of Slack's format is told.
 *
 * @param url the webhook's; a secret, since whoever knows it may post. {@code null} tells nobody
 * @param minimumSeverity what is less severe is not told
 * @param driftOlderThan a drift that is to be repaired is told when it is open for longer
 * @param atMostPerMinute posts of a process; of a kind half as many
 */
public record NotificationsConfig(
        @Nullable String url, Severity minimumSeverity, Duration driftOlderThan, int atMostPerMinute) {

    /** How much somebody is needed, the least first. */
    public enum Severity {
        INFO,
        WARNING,
        CRITICAL
    }

    @Override
    public String toString() {
        return "NotificationsConfig[url=***, minimumSeverity=" + minimumSeverity + ", driftOlderThan=" + driftOlderThan
                + ", atMostPerMinute=" + atMostPerMinute + "]";
    }
}
