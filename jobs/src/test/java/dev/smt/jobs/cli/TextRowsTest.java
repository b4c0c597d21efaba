package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows of a command's own, as people and scripts read them. */
class TextRowsTest {
    private static final TextRows ROWS = TextRows.of("name", "trials", "techniques", "error")
            .add("a, \"b\"", 12, List.of("x", "y"), Optional.empty())
            .add("c", 3, List.of(), Optional.of("too few\nrows"))
            .rows();

    @Test
    void jsonIsAnObjectALineWithoutWhatIsMissing() {
        assertThat(printed(RowFormat.json))
                .isEqualTo(
                        """
                        {"name":"a, \\"b\\"","trials":12,"techniques":["x","y"]}
                        {"name":"c","trials":3,"techniques":[],"error":"too few\\nrows"}
                        """);
    }

    @Test
    void csvHasEveryCellAndQuotesWhereItMust() {
        assertThat(printed(RowFormat.csv))
                .isEqualTo("name,trials,techniques,error\n\"a, \"\"b\"\"\",12,x y,\nc,3,,\"too few\nrows\"\n");
    }

    @Test
    void aTableIsAligned() {
        TextRows rows = TextRows.of("n", "text").add(100, "x").add(1, "y").rows();
        assertThat(printed(RowFormat.table, rows)).isEqualTo("n    text\n100  x\n1    y\n");
    }

    @Test
    void aRowWithACellTooFewIsRefused() {
        TextRows.Builder rows = TextRows.of("a", "b").add(1);
        assertThatThrownBy(rows::rows).hasMessage("1 cells for 2 columns");
    }

    private static String printed(RowFormat format) {
        return printed(format, ROWS);
    }

    private static String printed(RowFormat format, TextRows rows) {
        StringWriter text = new StringWriter();
        format.print(rows, new PrintWriter(text));
        return text.toString();
    }
}
