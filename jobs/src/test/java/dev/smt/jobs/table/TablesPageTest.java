package dev.smt.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;

/** docs/tables.md is made from the table classes; run with -Dsmt.docs.write=true to write it anew. */
class TablesPageTest {
    private static final Path PAGE = Path.of("../docs/tables.md");

    @Test
    void thePageIsInStepWithTheTables() throws IOException {
        if (Boolean.getBoolean("smt.docs.write")) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page());
    }

    private static String page() {
        StringBuilder page = new StringBuilder(
                """
                # Tables

                Made from the table classes of `dev.smt.jobs.table`; a test keeps it in step. All are Delta tables under the warehouse's folder; `smt sql` knows
                them by their names. Percent columns are in percent. NaN is never stored: an empty cell and a status say it.
                """);
        for (Table<?> table : Tables.all()) {
            page.append("\n## ").append(table.name()).append("\n\nKey: ");
            page.append(String.join(", ", table.key()))
                    .append(".\n\n| column | type | unit | meaning |\n|---|---|---|---|\n");
            for (RecordComponent component : table.rowType().getRecordComponents()) {
                page.append(line(table, component));
            }
        }
        page.append("\n## Views\n");
        for (Map.Entry<String, String> view : Views.all().entrySet()) {
            page.append("\n`")
                    .append(view.getKey())
                    .append("`:\n\n```sql\n")
                    .append(view.getValue())
                    .append("\n```\n");
        }
        return page.toString();
    }

    private static String line(Table<?> table, RecordComponent component) {
        Column column = component.getAnnotation(Column.class);
        StructField field = table.schema().apply(Table.columnName(component));
        return "| " + field.name() + " | " + field.dataType().simpleString()
                + (field.nullable() ? ", may be empty" : "") + " | " + column.unit() + " | " + column.value() + " |\n";
    }
}
