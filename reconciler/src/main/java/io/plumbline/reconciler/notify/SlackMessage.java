package io.plumbline.reconciler.notify;

import io.plumbline.topics.config.NotificationsConfig.Severity;
import io.plumbline.topics.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** A notice as Slack's incoming webhooks want it; others understand the same. */
record SlackMessage(String text, List<Attachment> attachments) {

    private static final int LONGEST = 3_000;

    /** The coloured bar beside the text. */
    record Attachment(String color, String text) {}

    /** @param heldBack how many of each kind were not told before it */
    static String json(Notice notice, Map<Notice.Kind, Integer> heldBack) {
        String color = switch (notice.severity()) {
            case INFO -> "#439FE0";
            case WARNING -> "warning";
            case CRITICAL -> "danger";
        };
        String text = "Plumbline, " + word(notice.severity()) + ": " + escaped(notice.text());
        List<Attachment> attachments =
                List.of(new Attachment(color, heldBack.isEmpty() ? notice.kind().text() : heldBackText(heldBack)));
        return Json.text(new SlackMessage(text, attachments));
    }

    private static String heldBackText(Map<Notice.Kind, Integer> heldBack) {
        StringJoiner counts = new StringJoiner(", ");
        heldBack.forEach((kind, count) -> counts.add(count + " of kind " + kind.text()));
        return "Before it there were more, not told one by one: " + counts;
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    /** Slack's markup has three special characters. What others wrote, such as a reason, must not become a link. */
    private static String escaped(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
