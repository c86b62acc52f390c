package io.plumbline.stores.connect;

/** What an app does with the stores, and hence what it must be allowed to. */
public enum StoreUse {
    /** It reads both sides, marks outbox rows and cleans up, and keeps reports. */
    RECONCILE,
    /** It reads the source, writes the target, and keeps the record of repairs. */
    REPAIR
}
