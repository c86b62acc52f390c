package io.plumbline.stores;

import io.plumbline.topics.record.Report;
import java.util.List;

/** Reports as PostgreSQL keeps them, the newest of each run; an older one never replaces a newer one. */
public interface ReportTable {
    void keep(List<Report> reports);
}
