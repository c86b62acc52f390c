package io.plumbline.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A table for people; figures stand to the right. */
final class Table {

    private static final int WIDEST = 80;

    private final List<String> headers;
    private final Set<String> figures;
    private final List<String[]> rows = new ArrayList<>();

    /** @param figures the headers of columns of figures */
    Table(List<String> headers, Set<String> figures) {
        this.headers = headers;
        this.figures = figures;
    }

    void row(String... cells) {
        rows.add(cells);
    }

    String text() {
        Column[] columns = headers.stream().map(this::column).toArray(Column[]::new);
        return AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, columns, rows.toArray(new String[0][]));
    }

    private Column column(String header) {
        return new Column()
                .header(header)
                .headerAlign(HorizontalAlign.LEFT)
                .dataAlign(figures.contains(header) ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
                .maxWidth(WIDEST, OverflowBehaviour.NEWLINE);
    }
}
