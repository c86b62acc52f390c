package io.plumbline.reconciler.work;

import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.WorkAnswer;

/** What the workers have measured. A dataset is one of the configured, or {@code unknown}. */
public interface WorkMeters {

    void worked(String dataset, WorkAnswer answer);

    void checked(String dataset, CheckAnswer answer);

    /** @param found whether the entity that an outbox event speaks of was found */
    void resolved(String dataset, boolean found);
}
