package io.plumbline.local.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The ACLs of {@code compose/grants/kafka.acl}: each line is the arguments of one {@code kafka-acls.sh --add}. */
record KafkaGrants(List<AclBinding> bindings) {

    static KafkaGrants read(Path file) throws IOException {
        return new KafkaGrants(Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .flatMap(line -> bindings(List.of(line.strip().split(" +"))).stream())
                .toList());
    }

    /** The users that are granted something. */
    List<String> users() {
        return bindings.stream()
                .map(binding -> binding.entry().principal().substring("User:".length()))
                .distinct()
                .toList();
    }

    List<String> topics() {
        return bindings.stream()
                .map(AclBinding::pattern)
                .filter(pattern ->
                        pattern.resourceType() == ResourceType.TOPIC && pattern.patternType() == PatternType.LITERAL)
                .map(ResourcePattern::name)
                .distinct()
                .toList();
    }

    void apply(Admin admin) throws InterruptedException, ExecutionException {
        admin.createAcls(bindings).all().get();
    }

    /** What of it one user has on one kind of resource. */
    KafkaGrants of(String user, ResourceType type, AclOperation operation) {
        return new KafkaGrants(bindings.stream()
                .filter(binding -> binding.entry().principal().equals("User:" + user)
                        && binding.pattern().resourceType() == type
                        && binding.entry().operation() == operation)
                .toList());
    }

    void revoke(Admin admin) throws InterruptedException, ExecutionException {
        admin.deleteAcls(bindings.stream().map(AclBinding::toFilter).toList())
                .all()
                .get();
    }

    private static List<AclBinding> bindings(List<String> arguments) {
        PatternType type = PatternType.fromString(values(arguments, "--resource-pattern-type").stream()
                .findFirst()
                .orElse("literal")
                .toUpperCase(Locale.ROOT));
        List<ResourcePattern> resources = new ArrayList<>();
        values(arguments, "--topic")
                .forEach(name -> resources.add(new ResourcePattern(ResourceType.TOPIC, name, type)));
        values(arguments, "--group")
                .forEach(name -> resources.add(new ResourcePattern(ResourceType.GROUP, name, type)));
        values(arguments, "--transactional-id")
                .forEach(name -> resources.add(new ResourcePattern(ResourceType.TRANSACTIONAL_ID, name, type)));
        return resources.stream()
                .flatMap(resource -> entries(arguments).stream().map(entry -> new AclBinding(resource, entry)))
                .collect(Collectors.toList());
    }

    private static List<AccessControlEntry> entries(List<String> arguments) {
        return values(arguments, "--allow-principal").stream()
                .flatMap(principal -> values(arguments, "--operation").stream()
                        .map(operation ->
                                new AccessControlEntry(principal, "*", operation(operation), AclPermissionType.ALLOW)))
                .toList();
    }

    private static AclOperation operation(String name) {
        return AclOperation.fromString(
                name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }

    private static List<String> values(List<String> arguments, String option) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i + 1 < arguments.size(); i++) {
            if (arguments.get(i).equals(option)) {
                values.add(arguments.get(i + 1));
            }
        }
        return values;
    }
}
