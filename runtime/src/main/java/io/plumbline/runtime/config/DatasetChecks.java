package io.plumbline.runtime.config;

/** Checks of a dataset's source and clean-up. */
final class DatasetChecks {

    private final ConfigErrors errors;

    DatasetChecks(ConfigErrors errors) {
        this.errors = errors;
    }

    void check(ConfigNode dataset) {
        ConfigNode source = dataset.at("source");
        if (source.isGiven() && source.has("table") == source.has("query")) {
            errors.add(
                    source.path(),
                    "has %s; right is exactly one of table and query"
                            .formatted(source.has("table") ? "both table and query" : "neither table nor query"));
        }
        source.text("query")
                .filter(query -> query.strip().endsWith(";"))
                .ifPresent(query -> errors.add(
                        source.at("query").path(), "ends with ';'; right is a SELECT that can stand in parentheses"));
        checkCleanUp(dataset);
        if (dataset.has("sync-status") && source.has("query")) {
            errors.add(dataset.at("sync-status").path(), "needs source.table: a query's rows cannot be updated");
        }
    }

    private void checkCleanUp(ConfigNode dataset) {
        ConfigNode cleanUp = dataset.at("clean-up");
        if (cleanUp.isGiven() && !dataset.has("outbox")) {
            errors.add(cleanUp.path(), "needs the dataset's outbox; add it or remove clean-up");
        }
        if (cleanUp.has("idempotency-table") != cleanUp.has("idempotency-expires-at")) {
            errors.add(
                    cleanUp.path(), "has one of idempotency-table and idempotency-expires-at; right is both or none");
        }
    }
}
