package dev.smt.jobs.table;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads small tables by the driver alone, with Delta's kernel. Spark would find a table's files and read them by tasks on executors,
 * which take slots of the trainings and wait for one.
 */
final class DriverReads {
    /** Tables of more are read by all executors. */
    private static final long MOST_BYTES = 2 << 20;

    private static final int MOST_FILES = 200;

    private final Engine engine;

    DriverReads(Engine engine) {
        this.engine = engine;
    }

    /** The rows of a table with all its columns, or none where it is not small, or has a type of column that no table of this program has. */
    Optional<List<org.apache.spark.sql.Row>> rows(Snapshot table) {
        if (KernelSchema.toSpark(table.getSchema()).isEmpty()) {
            return Optional.empty();
        }
        Scan scan = table.getScanBuilder().build();
        List<Row> files = new ArrayList<>();
        forEachRow(scan.getScanFiles(engine), files::add);
        long bytes = files.stream()
                .map(InternalScanFileUtils::getAddFileStatus)
                .mapToLong(FileStatus::getSize)
                .sum();
        if (bytes > MOST_BYTES || files.size() > MOST_FILES) {
            return Optional.empty();
        }
        List<org.apache.spark.sql.Row> rows = new ArrayList<>();
        Row state = scan.getScanState(engine);
        files.forEach(file -> read(state, file, table.getSchema(), rows));
        return Optional.of(rows);
    }

    private void read(Row state, Row file, StructType schema, List<org.apache.spark.sql.Row> to) {
        try {
            CloseableIterator<FileReadResult> stored = engine.getParquetHandler()
                    .readParquetFiles(
                            Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                            ScanStateRow.getPhysicalDataReadSchema(state),
                            Optional.empty());
            forEachRow(
                    Scan.transformPhysicalData(engine, state, file, stored.map(FileReadResult::getData)),
                    row -> to.add(KernelSchema.toSpark(row, schema)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void forEachRow(CloseableIterator<FilteredColumnarBatch> batches, Consumer<Row> action) {
        try (batches) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    while (rows.hasNext()) {
                        action.accept(rows.next());
                    }
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
