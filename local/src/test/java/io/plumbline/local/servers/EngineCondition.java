package io.plumbline.local.servers;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Skips a class where containers are asked for and no engine is there. */
final class EngineCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Provider.chosen() == Provider.CONTAINERS
                && !DockerClientFactory.instance().isDockerAvailable()) {
            return ConditionEvaluationResult.disabled("no container engine is there: embedded parts only");
        }
        return ConditionEvaluationResult.enabled("servers: " + Provider.chosen());
    }
}
