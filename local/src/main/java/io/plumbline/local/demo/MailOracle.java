package io.plumbline.local.demo;

import io.plumbline.topics.record.EntityKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What both stores have to hold in the end, known without asking them. Application and planting both take its monitor for a
 * whole step, and reserve what the other must leave alone: a drift that the application writes over is none.
 */
final class MailOracle {

    private final Map<String, Map<String, Claim>> claims = new TreeMap<>();
    private final Map<String, String> names = new TreeMap<>();
    private final List<String> fileNumbers = new ArrayList<>();
    private final Set<EntityKey> reserved = new HashSet<>();
    private final Set<String> reservedClients = new HashSet<>();

    void addClient(String fileNumber, @Nullable String name) {
        if (claims.putIfAbsent(fileNumber, new TreeMap<>()) == null) {
            fileNumbers.add(fileNumber);
        }
        nameIs(fileNumber, name);
    }

    /** The client's name as the document has to hold it; {@code null} for a document that only repairs have made. */
    void nameIs(String fileNumber, @Nullable String name) {
        if (name == null) {
            names.remove(fileNumber);
        } else {
            names.put(fileNumber, name);
        }
    }

    @Nullable
    String name(String fileNumber) {
        return names.get(fileNumber);
    }

    void put(Claim claim) {
        of(claim.fileNumber()).put(claim.creditor(), claim);
    }

    /** The client's claims by creditor. */
    Map<String, Claim> of(String fileNumber) {
        Map<String, Claim> found = claims.get(fileNumber);
        if (found == null) {
            throw new IllegalArgumentException("no client has the file " + fileNumber);
        }
        return found;
    }

    List<String> fileNumbers() {
        return fileNumbers;
    }

    Stream<Claim> all() {
        return claims.values().stream().flatMap(ofClient -> ofClient.values().stream());
    }

    long size() {
        return all().count();
    }

    String anyClient(Random random) {
        return fileNumbers.get(random.nextInt(fileNumbers.size()));
    }

    /** A client at random whom nobody has reserved. */
    String freeClient(Random random) {
        String fileNumber = anyClient(random);
        return isReserved(fileNumber) ? freeClient(random) : fileNumber;
    }

    /** A claim at random that nobody has reserved, and that is as asked for. */
    Claim anyClaim(Random random, Predicate<Claim> asked) {
        while (true) {
            List<Claim> free = of(anyClient(random)).values().stream()
                    .filter(claim -> !isReserved(claim) && asked.test(claim))
                    .toList();
            if (!free.isEmpty()) {
                return free.get(random.nextInt(free.size()));
            }
        }
    }

    void reserve(EntityKey entity) {
        reserved.add(entity);
    }

    void reserve(String fileNumber) {
        reservedClients.add(fileNumber);
    }

    boolean isReserved(String fileNumber) {
        return reservedClients.contains(fileNumber);
    }

    private boolean isReserved(Claim claim) {
        return isReserved(claim.fileNumber()) || reserved.contains(claim.entity());
    }
}
