package dev.smt.jobs.ingest;

import dev.smt.jobs.ingest.PipelineManifest.SplitSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Encodes whole pipelines in a Spark task, one after the other, and writes their files into the staging folder. Gives
 * each pipeline's manifest as JSON.
 */
final class EncodeTask implements FlatMapFunction<Iterator<InternalRow>, String> {
    private static final long serialVersionUID = 1L;

    static final int PIPELINE_AT = 0;
    static final int SPLIT_AT = 1;
    static final int TIME_AT = 2;
    static final int HASH_AT = 3;
    static final int BUCKET_AT = 4;
    static final int LABELS_AT = 5;

    private final ArrayList<FeatureConfiguration> features;
    private final ArrayList<Boolean> texts;
    private final ArrayList<String> labels;
    private final LinkedHashMap<String, String> versions;
    private final String staging;
    private final SerializableConfiguration hadoop;

    /**
     * The task.
     *
     * @param rows what {@link #columns} are of
     * @param versions data version per pipeline
     */
    EncodeTask(
            InputConfiguration input,
            StructType rows,
            Map<String, String> versions,
            String staging,
            SerializableConfiguration hadoop) {
        this.features = new ArrayList<>(input.features());
        this.texts = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            texts.add(hasTexts(rows.apply(ExampleColumns.feature(i)).dataType()));
        }
        this.labels = new ArrayList<>(input.labelNames());
        this.versions = new LinkedHashMap<>(versions);
        this.staging = staging;
        this.hadoop = hadoop;
    }

    private static boolean hasTexts(DataType type) {
        return type instanceof ArrayType array ? hasTexts(array.elementType()) : type instanceof StringType;
    }

    /** The columns that the task reads, in their order. */
    static List<String> columns(InputConfiguration input) {
        List<String> columns = new ArrayList<>(List.of(
                ExampleColumns.PIPELINE,
                ExampleColumns.SPLIT,
                ExampleColumns.TIME,
                RawRows.ROW_HASH,
                ExampleColumns.BUCKET));
        for (int i = 0; i < input.labels().size(); i++) {
            columns.add(ExampleColumns.label(i));
        }
        for (int i = 0; i < input.features().size(); i++) {
            columns.add(ExampleColumns.feature(i));
        }
        return columns;
    }

    @Override
    public Iterator<String> call(Iterator<InternalRow> rows) throws IOException {
        List<String> manifests = new ArrayList<>();
        Optional<InternalRow> next = next(rows);
        while (next.isPresent()) {
            // A row's memory is used again for the next one.
            UTF8String pipeline = next.get().getUTF8String(PIPELINE_AT).clone();
            try (Spill spill = Spill.ofThisExecutor()) {
                PipelineEncoder encoder = new PipelineEncoder(features, texts, labels, spill);
                while (next.isPresent() && next.get().getUTF8String(PIPELINE_AT).equals(pipeline)) {
                    encoder.add(next.get());
                    next = next(rows);
                }
                manifests.add(ManifestJson.write(write(pipeline.toString(), encoder)));
            }
        }
        return manifests.iterator();
    }

    private PipelineManifest write(String pipeline, PipelineEncoder encoder) throws IOException {
        encoder.fit();
        StagedFiles files = new StagedFiles(staging, pipeline, hadoop.value());
        Map<Split, SplitSummary> splits = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            StagedFiles.Written written = files.write(split, out -> encoder.write(split, out));
            FixedColumns.Summary rows = encoder.summary(split);
            splits.put(
                    split,
                    new SplitSummary(
                            rows.rows(),
                            rows.positives(),
                            rows.firstTime(),
                            rows.lastTime(),
                            written.checksum(),
                            written.bytes()));
        }
        files.write(encoder.fitted());
        return new PipelineManifest(
                pipeline, versions.get(pipeline), encoder.features(), labels, splits, encoder.missingShares());
    }

    private static Optional<InternalRow> next(Iterator<InternalRow> rows) {
        return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    }
}
