package dev.smt.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The contract of every table: a row survives the way to Spark and back, full and with empty optional cells. */
class TableTest {

    @TestFactory
    Stream<DynamicTest> aRowSurvivesTheRoundTrip() {
        return Tables.all().stream()
                .map(table -> DynamicTest.dynamicTest(table.name(), () -> {
                    roundTrip(table, true);
                    roundTrip(table, false);
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyColumnSaysWhatItMeansAndEveryKeyIsAColumn() {
        return Tables.all().stream()
                .map(table -> DynamicTest.dynamicTest(table.name(), () -> {
                    assertThat(table.rowType().getRecordComponents()).allSatisfy(component -> assertThat(
                                    component.getAnnotation(Column.class).value())
                            .isNotBlank());
                    assertThat(List.of(table.schema().fieldNames()))
                            .contains("run_id")
                            .containsAll(table.key());
                }));
    }

    @Test
    void everyTableClassIsListed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/smt/jobs/table"))) {
            long rowClasses =
                    files.filter(file -> file.toString().endsWith("Row.java")).count();
            assertThat(Tables.all()).hasSize((int) rowClasses);
        }
    }

    @Test
    void aNumberThatIsNotFiniteIsRefusedByTableAndColumn() {
        ClusterElbowRow row = new ClusterElbowRow("run", 3, Double.NaN, OptionalDouble.empty(), false);
        assertThatThrownBy(() -> ClusterElbowRow.TABLE.toRow(row)).hasMessageContaining("cluster_elbow.wssse is NaN");
    }

    private static <R extends Record> void roundTrip(Table<R> table, boolean full) throws ReflectiveOperationException {
        R value = example(table.rowType(), full);
        Row row = table.toRow(value);
        Object[] cells = new Object[row.length()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = row.get(i);
        }
        assertThat(table.fromRow(new GenericRowWithSchema(cells, table.schema())))
                .isEqualTo(value);
    }

    /** A row of a table: with all cells, or with the optional ones empty. */
    static <R extends Record> R example(Class<R> type, boolean full) throws ReflectiveOperationException {
        List<Object> arguments = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            arguments.add(example(component, full, arguments.size()));
        }
        Constructor<R> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new));
        return constructor.newInstance(arguments.toArray());
    }

    private static Object example(RecordComponent component, boolean full, int index) {
        Class<?> type = component.getType();
        if (type == String.class) {
            return component.getName() + index;
        } else if (type == int.class) {
            return index;
        } else if (type == long.class) {
            return 1L + index;
        } else if (type == double.class) {
            return 0.5 + index;
        } else if (type == boolean.class) {
            return full;
        } else if (type == Instant.class) {
            return Instant.parse("2026-01-02T03:04:05.678Z");
        } else if (type == OptionalDouble.class) {
            return full ? OptionalDouble.of(index / 4.0) : OptionalDouble.empty();
        } else if (type == OptionalInt.class) {
            return full ? OptionalInt.of(index) : OptionalInt.empty();
        } else if (type == Optional.class) {
            return full ? Optional.of("text") : Optional.empty();
        }
        boolean texts = component.getGenericType().getTypeName().contains("String");
        return !full ? List.of() : texts ? List.of("a", "b") : List.of(1.5, 2.5);
    }
}
