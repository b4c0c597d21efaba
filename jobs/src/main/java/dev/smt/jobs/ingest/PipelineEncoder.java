package dev.smt.jobs.ingest;

import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesBuilder;
import dev.smt.data.EncodedExamplesWriter;
import dev.smt.data.RowGroupSize;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.jobs.ingest.ColumnEncoder.Fitted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Encodes the rows of one pipeline. They must come in the order of split, time and row hash: then the result does not
 * depend on how they were partitioned. What does not fit into one row group is spilled, and vocabularies that memory does not hold.
 */
final class PipelineEncoder {
    private static final int ROWS_BETWEEN_LOOKS = 256;
    private static final long WORTH_SPILLING = 1 << 20;

    private final List<ColumnEncoder> columns;
    private final List<IdDictionary> dictionaries;
    private final FixedColumns fixed;
    private final int groupRows;
    private final Spill spill;
    private final VocabularyMemory memory;
    private final List<Group> groups = new ArrayList<>();
    private Split split = Split.TRAIN;
    private boolean learned;
    private int place;

    /** Rows of a split that are spilled together. */
    private record Group(Split split, int rows) {}

    /**
     * An encoder.
     *
     * @param texts of each feature, whether its ids are texts, not whole numbers
     * @param earlier what earlier training rows taught, per feature; none where there are none
     * @param memory that the vocabularies take
     */
    PipelineEncoder(
            List<FeatureConfiguration> features,
            List<Boolean> texts,
            List<String> labels,
            Map<String, Fitted> earlier,
            Spill spill,
            VocabularyMemory memory) {
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
        this.dictionaries =
                columns.stream().flatMap(column -> column.dictionary().stream()).toList();
        this.fixed = new FixedColumns(labels, groupRows);
        this.spill = spill;
        this.memory = memory;
    }

    /** Takes a row with the columns of {@link EncodeTask#columns}. */
    void add(InternalRow row) throws IOException {
        Split of = Split.values()[row.getInt(EncodeTask.SPLIT_AT)];
        if (place == groupRows || of != split) {
            endGroup();
            split = of;
        }
        if (split != Split.TRAIN && !learned) {
            learn();
        }
        fixed.add(row, place, split);
        int at = EncodeTask.LABELS_AT + fixed.labels().size();
        for (ColumnEncoder column : columns) {
            column.add(row, at++, place, split == Split.TRAIN);
        }
        place++;
        if (place % ROWS_BETWEEN_LOOKS == 0 && !learned) {
            spillVocabularies();
        }
    }

    /** Call when all rows are there, before they are written. */
    void finish() throws IOException {
        endGroup();
        if (!learned) {
            learn();
        }
    }

    private void learn() throws IOException {
        for (ColumnEncoder column : columns) {
            column.learn(spill);
        }
        learned = true;
    }

    /** The largest ones first, until the rest may be held; what is small would give nothing back. */
    private void spillVocabularies() throws IOException {
        while (!memory.allows(
                dictionaries.stream().mapToLong(IdDictionary::bytes).sum())) {
            IdDictionary largest = Collections.max(dictionaries, Comparator.comparingLong(IdDictionary::bytes));
            if (largest.bytes() < WORTH_SPILLING) {
                return;
            }
            largest.spill(spill);
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
            column.spill(spill, place);
        }
        fixed.spill(spill, place);
        groups.add(new Group(split, place));
        place = 0;
    }

    private EncodedExamples examples(int group) throws IOException {
        EncodedExamplesBuilder builder =
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
