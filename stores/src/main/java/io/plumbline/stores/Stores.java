package io.plumbline.stores;

import java.util.Map;

/** The stores of a process: one pool and one client, shared by all datasets. */
public interface Stores extends AutoCloseable {

    Map<String, DatasetStores> datasets();

    RepairJournal journal();

    ReportTable reports();

    @Override
    void close();
}
