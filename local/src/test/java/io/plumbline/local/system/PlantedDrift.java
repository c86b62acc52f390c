package io.plumbline.local.system;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.types.Decimal128;

/**
 * Drift planted at random on the target's side. The entities are chosen first, so that an application can leave them
 * alone; {@link #plant} then makes it.
 */
final class PlantedDrift {

    /** The kinds there are, one per way in which a copy goes wrong. */
    enum Kind {
        DOCUMENT_MISSING,
        FIELD_DIFFERENT,
        NESTED_FIELD_MISSING,
        DOCUMENT_EXTRA,
        ELEMENT_MISSING,
        ELEMENT_DIFFERENT,
        ELEMENT_EXTRA
    }

    private final Random random;
    private final int accountCount;
    private final int clientCount;
    private final Map<Kind, Set<String>> chosen = new EnumMap<>(Kind.class);
    private final Set<String> all = new LinkedHashSet<>();

    PlantedDrift(int perKind, int accountCount, int clientCount, Random random) {
        this.random = random;
        this.accountCount = accountCount;
        this.clientCount = clientCount;
        for (Kind kind : Kind.values()) {
            Set<String> entities = new LinkedHashSet<>();
            while (entities.size() < perKind) {
                String entity = choose(kind);
                if (all.add(entity)) {
                    entities.add(entity);
                }
            }
            chosen.put(kind, entities);
        }
    }

    /** The entities, in the text form of their keys. */
    Set<String> entities() {
        return all;
    }

    /** The accounts among them, each with 1: as often as its repair may write it. */
    Map<String, Long> accountsOnce() {
        return all.stream()
                .filter(entity -> entity.startsWith("accounts/"))
                .collect(Collectors.toMap(entity -> entity, entity -> 1L));
    }

    Set<String> entities(Kind... kinds) {
        Set<String> entities = new LinkedHashSet<>();
        for (Kind kind : kinds) {
            entities.addAll(java.util.Objects.requireNonNull(chosen.get(kind)));
        }
        return entities;
    }

    private String choose(Kind kind) {
        long account = 1L + random.nextInt(accountCount);
        long client = 1L + random.nextInt(clientCount);
        String creditor = TwoStores.creditorInTarget(random.nextInt(TwoStores.CREDITORS));
        return switch (kind) {
            case DOCUMENT_MISSING, FIELD_DIFFERENT -> "accounts/" + account;
            // Accounts that are divisible by seven are vip on both sides.
            case NESTED_FIELD_MISSING -> "accounts/" + Math.min(account / 7 * 7 + 7, accountCount / 7 * 7L);
            case DOCUMENT_EXTRA -> "accounts/" + (accountCount + 1L + random.nextInt(1_000_000));
            case ELEMENT_MISSING, ELEMENT_DIFFERENT -> "debts/" + client + "/" + creditor;
            case ELEMENT_EXTRA -> "debts/" + client + "/Stranger " + random.nextInt(1_000_000);
        };
    }

    void plant(TwoStores stores) {
        chosen.forEach((kind, entities) -> entities.forEach(entity -> plant(kind, entity.split("/"), stores)));
    }

    private void plant(Kind kind, String[] entity, TwoStores stores) {
        long id = Long.parseLong(entity[1]);
        var wrong = new Decimal128(BigDecimal.valueOf(-1 - random.nextInt(100_000), 2));
        switch (kind) {
            case DOCUMENT_MISSING -> stores.accounts.deleteOne(Filters.eq("_id", id));
            case FIELD_DIFFERENT -> stores.accounts.updateOne(Filters.eq("_id", id), Updates.set("balance", wrong));
            case NESTED_FIELD_MISSING -> stores.accounts.updateOne(Filters.eq("_id", id), Updates.unset("vip"));
            case DOCUMENT_EXTRA ->
                stores.accounts.insertOne(new Document("_id", id)
                        .append("name", "Stranger")
                        .append("balance", wrong)
                        .append("vip", false));
            case ELEMENT_MISSING ->
                stores.clients.updateOne(
                        Filters.eq("_id", id), Updates.pull("creditors", new Document("name", entity[2])));
            case ELEMENT_DIFFERENT ->
                stores.clients.updateOne(
                        Filters.and(Filters.eq("_id", id), Filters.eq("creditors.name", entity[2])),
                        Updates.set("creditors.$.amount", wrong));
            case ELEMENT_EXTRA ->
                stores.clients.updateOne(
                        Filters.eq("_id", id),
                        Updates.push("creditors", new Document("name", entity[2]).append("amount", wrong)));
        }
    }
}
