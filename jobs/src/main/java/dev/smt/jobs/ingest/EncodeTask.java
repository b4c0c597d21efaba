package dev.smt.jobs.ingest;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.jobs.ingest.PipelineManifest.SplitSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Encodes whole pipelines in a Spark task, one after the other, and writes their files into the staging folder. Gives
 * each pipeline's manifest as JSON.
 */
final class EncodeTask implements MapPartitionsFunction<Row, String> {
    private static final long serialVersionUID = 1L;

    static final int PIPELINE_AT = 0;
    static final int SPLIT_AT = 1;
    static final int TIME_AT = 2;
    static final int HASH_AT = 3;
    static final int BUCKET_AT = 4;
    static final int LABELS_AT = 5;

    private final ArrayList<FeatureConfiguration> features;
    private final ArrayList<String> labels;
    private final LinkedHashMap<String, String> versions;
    private final String staging;
    private final SerializableConfiguration hadoop;

    /** @param versions data version per pipeline */
    EncodeTask(
            InputConfiguration input, Map<String, String> versions, String staging, SerializableConfiguration hadoop) {
        this.features = new ArrayList<>(input.features());
        this.labels = new ArrayList<>(input.labelNames());
        this.versions = new LinkedHashMap<>(versions);
        this.staging = staging;
        this.hadoop = hadoop;
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
    public Iterator<String> call(Iterator<Row> rows) throws IOException {
        List<String> manifests = new ArrayList<>();
        Optional<Row> next = next(rows);
        while (next.isPresent()) {
            String pipeline = next.get().getString(PIPELINE_AT);
            PipelineEncoder encoder = new PipelineEncoder(features, labels);
            while (next.isPresent() && next.get().getString(PIPELINE_AT).equals(pipeline)) {
                encoder.add(next.get());
                next = next(rows);
            }
            manifests.add(ManifestJson.write(write(pipeline, encoder)));
        }
        return manifests.iterator();
    }

    private PipelineManifest write(String pipeline, PipelineEncoder encoder) throws IOException {
        StagedFiles files = new StagedFiles(staging, pipeline, hadoop.value());
        Map<Split, SplitSummary> splits = new EnumMap<>(Split.class);
        List<Feature> encoded = List.of();
        for (Split split : Split.values()) {
            EncodedExamples examples = encoder.examples(split);
            splits.put(split, summary(examples, files.write(split, examples)));
            encoded = examples.features();
        }
        files.write(encoder.fitted());
        return new PipelineManifest(pipeline, versions.get(pipeline), encoded, labels, splits, encoder.missingShares());
    }

    private static SplitSummary summary(EncodedExamples examples, StagedFiles.Written written) {
        Map<String, Long> positives = new LinkedHashMap<>();
        for (String label : examples.labels()) {
            long count = 0;
            for (float value : examples.label(label)) {
                count += value == 1 ? 1 : 0;
            }
            positives.put(label, count);
        }
        int rows = examples.rows();
        return new SplitSummary(
                rows, positives, examples.time(0), examples.time(rows - 1), written.checksum(), written.bytes());
    }

    private static Optional<Row> next(Iterator<Row> rows) {
        return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    }
}
