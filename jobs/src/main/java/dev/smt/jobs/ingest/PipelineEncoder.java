package dev.smt.jobs.ingest;

import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesWriter;
import dev.smt.data.RowGroupSize;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.jobs.ingest.ColumnEncoder.Fitted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Encodes the rows of one pipeline. They must come in the order of split, time and row hash: then the result does not
 * depend on how they were partitioned. What does not fit into one row group is spilled.
 */
final class PipelineEncoder {
    private final List<ColumnEncoder> columns;
    private final FixedColumns fixed;
    private final int groupRows;
    private final Spill spill;
    private final List<Group> groups = new ArrayList<>();
    private Split split = Split.TRAIN;
    private int place;

    /** Rows of a split that are spilled together. */
    private record Group(Split split, int rows) {}

    /**
     * An encoder.
     *
     * @param texts of each feature, whether its ids are texts, not whole numbers
     * @param earlier what earlier training rows taught, per feature; none where there are none
     */
    PipelineEncoder(
            List<FeatureConfiguration> features,
            List<Boolean> texts,
            List<String> labels,
            Map<String, Fitted> earlier,
            Spill spill) {
        this.groupRows = RowGroupSize.of(features.stream()
                .mapToLong(feature -> ColumnEncoder.valuesPerRow(feature.encoding()))
                .sum());
        this.columns = IntStream.range(0, features.size())
                .mapToObj(i -> ColumnEncoder.of(
                        features.get(i),
                        texts.get(i),
                        groupRows,
                        Optional.ofNullable(earlier.get(features.get(i).name()))))
                .toList();
        this.fixed = new FixedColumns(labels, groupRows);
        this.spill = spill;
    }

    /** Takes a row with the columns of {@link EncodeTask#columns}. */
    void add(InternalRow row) throws IOException {
        Split of = Split.values()[row.getInt(EncodeTask.SPLIT_AT)];
        if (place == groupRows || of != split) {
            endGroup();
            split = of;
        }
        fixed.add(row, place, split);
        int at = EncodeTask.LABELS_AT + fixed.labels().size();
        for (ColumnEncoder column : columns) {
            column.add(row, at++, place, split == Split.TRAIN);
        }
        place++;
    }

    /** Call when all rows are there, before they are written. */
    void fit() throws IOException {
        endGroup();
        for (ColumnEncoder column : columns) {
            column.fit(spill);
        }
    }

    /** The encoded features. */
    List<Feature> features() {
        return columns.stream().map(ColumnEncoder::encoded).toList();
    }

    /** Writes a split's file, group by group. */
    void write(Split of, OutputStream out) throws IOException {
        List<Integer> numbers = groups(of);
        try (EncodedExamplesWriter writer =
                new EncodedExamplesWriter(out, rows(of), features(), sequenceValues(numbers), fixed.labels())) {
            write(numbers, writer);
        }
    }

    /** Writes a split's file that begins with the rows of an earlier one; gives the number of rows that follow them. */
    int write(Split of, InputStream earlier, OutputStream out) throws IOException {
        List<Integer> numbers = groups(of);
        try (EncodedExamplesWriter writer = EncodedExamplesWriter.after(
                earlier, out, rows(of), features(), sequenceValues(numbers), fixed.labels())) {
            write(numbers, writer);
        }
        return rows(of);
    }

    private int rows(Split of) {
        return Math.toIntExact(fixed.rows(of));
    }

    private List<Integer> groups(Split of) {
        return IntStream.range(0, groups.size())
                .filter(group -> groups.get(group).split() == of)
                .boxed()
                .toList();
    }

    private void write(List<Integer> numbers, EncodedExamplesWriter writer) throws IOException {
        for (int group : numbers) {
            writer.write(examples(group));
        }
        writer.requireAll();
    }

    /** Rows, labels and times of a split. */
    FixedColumns.Summary summary(Split of) {
        return fixed.summary(of);
    }

    /** Share of all rows in which a feature has no value. */
    Map<String, Double> missingShares() {
        long rows = groups.stream().mapToLong(Group::rows).sum();
        Map<String, Double> shares = new LinkedHashMap<>();
        columns.forEach(column -> shares.put(column.feature().name(), (double) column.missing() / rows));
        return shares;
    }

    /** What the training rows taught, per feature. */
    Map<String, Fitted> fitted() {
        Map<String, Fitted> fitted = new LinkedHashMap<>();
        columns.forEach(column -> fitted.put(column.feature().name(), column.fitted()));
        return fitted;
    }

    private void endGroup() throws IOException {
        if (place == 0) {
            return;
        }
        for (ColumnEncoder column : columns) {
            column.spill(spill, place, split == Split.TRAIN);
        }
        fixed.spill(spill, place);
        groups.add(new Group(split, place));
        place = 0;
    }

    private EncodedExamples examples(int group) throws IOException {
        EncodedExamples.Builder builder =
                EncodedExamples.builder(groups.get(group).rows());
        for (ColumnEncoder column : columns) {
            column.encode(spill, group, builder);
        }
        fixed.encode(spill, group, builder);
        return builder.build();
    }

    private Map<String, Integer> sequenceValues(List<Integer> numbers) {
        Map<String, Integer> values = new LinkedHashMap<>();
        for (ColumnEncoder column : columns) {
            if (column.column() instanceof SequenceColumn) {
                long count = numbers.stream().mapToLong(column::sequenceValues).sum();
                if (count > Integer.MAX_VALUE - 8) {
                    throw new IllegalStateException(
                            "feature " + column.feature().name() + " has " + count
                                    + " ids in one split; allowed: " + (Integer.MAX_VALUE - 8)
                                    + "; shorten max-length, or ingest fewer rows");
                }
                values.put(column.feature().name(), (int) count);
            }
        }
        return values;
    }
}
