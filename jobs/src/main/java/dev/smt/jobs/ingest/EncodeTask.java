package dev.smt.jobs.ingest;

import dev.smt.jobs.ingest.PipelineManifest.SplitSummary;
import dev.smt.jobs.ingest.PipelineManifest.TrainingRows;
import dev.smt.jobs.ingest.StagedFiles.Written;
import java.io.IOException;
import java.io.Serializable;
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
    private final LinkedHashMap<String, Version> versions;
    private final String warehouse;
    private final String staging;
    private final SerializableConfiguration hadoop;

    /**
     * What a pipeline's manifest will say, and the manifest, as JSON, of the version whose training rows are kept.
     *
     * @param kept empty where no rows are
     */
    record Version(String dataVersion, long trainingUntil, String content, String settings, String kept)
            implements Serializable {
        Version(String dataVersion, TrainingRows training, Optional<PipelineManifest> kept) {
            this(
                    dataVersion,
                    training.until(),
                    training.content(),
                    training.settings(),
                    kept.map(ManifestJson::write).orElse(""));
        }

        private TrainingRows training() {
            return new TrainingRows(trainingUntil, content, settings);
        }

        private Optional<PipelineManifest> keptRows() {
            return kept.isEmpty() ? Optional.empty() : Optional.of(ManifestJson.read(kept));
        }
    }

    /**
     * The task.
     *
     * @param rows what {@link #columns} are of
     * @param versions per pipeline
     * @param warehouse where kept rows are
     */
    EncodeTask(
            InputConfiguration input,
            StructType rows,
            Map<String, Version> versions,
            String warehouse,
            String staging,
            SerializableConfiguration hadoop) {
        this.features = new ArrayList<>(input.features());
        this.texts = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            texts.add(hasTexts(rows.apply(ExampleColumns.feature(i)).dataType()));
        }
        this.labels = new ArrayList<>(input.labelNames());
        this.versions = new LinkedHashMap<>(versions);
        this.warehouse = warehouse;
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
        EncodedStore store = new EncodedStore(warehouse, hadoop.value());
        List<String> manifests = new ArrayList<>();
        Optional<InternalRow> next = next(rows);
        while (next.isPresent()) {
            // A row's memory is used again for the next one.
            UTF8String pipeline = next.get().getUTF8String(PIPELINE_AT).clone();
            Optional<PipelineManifest> kept = versions.get(pipeline.toString()).keptRows();
            try (Spill spill = Spill.ofThisExecutor();
                    VocabularyMemory.OfTask memory = VocabularyMemory.OfTask.current()) {
                PipelineEncoder encoder = new PipelineEncoder(
                        features, texts, labels, kept.map(store::fitted).orElse(Map.of()), spill, memory);
                while (next.isPresent() && next.get().getUTF8String(PIPELINE_AT).equals(pipeline)) {
                    encoder.add(next.get());
                    next = next(rows);
                }
                encoder.finish();
                manifests.add(ManifestJson.write(write(pipeline.toString(), encoder, store, kept)));
            }
        }
        return manifests.iterator();
    }

    private PipelineManifest write(
            String pipeline, PipelineEncoder encoder, EncodedStore store, Optional<PipelineManifest> kept)
            throws IOException {
        StagedFiles files = new StagedFiles(staging, pipeline, hadoop.value());
        Map<Split, SplitSummary> splits = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            FixedColumns.Summary rows = encoder.summary(split);
            if (split == Split.TRAIN && kept.isPresent()) {
                Written written = files.write(
                        split, out -> store.with(kept.get(), split, earlier -> encoder.write(split, earlier, out)));
                splits.put(split, rows.after(kept.get().split(split)).in(written));
            } else {
                splits.put(split, rows.in(files.write(split, out -> encoder.write(split, out))));
            }
        }
        files.write(encoder.fitted());
        Version version = versions.get(pipeline);
        return new PipelineManifest(
                pipeline,
                version.dataVersion(),
                encoder.features(),
                labels,
                splits,
                encoder.missingShares(),
                Optional.of(version.training()));
    }

    private static Optional<InternalRow> next(Iterator<InternalRow> rows) {
        return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    }
}
