package dev.smt.jobs.ingest;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.SequenceColumn;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pipeline's encoded examples are. Its JSON form is in {@code docs/ingest.md}.
 *
 * @param pipeline name
 * @param dataVersion hash over the rows' content and how they are encoded: the same version is the same bytes
 * @param features in order
 * @param labels in order
 * @param splits all three
 * @param missingShares share in which a feature has no value, per feature; of all rows, or of those that an incremental ingest read
 * @param training what an incremental ingest needs to know of the training rows; manifests of earlier programs don't say it
 */
public record PipelineManifest(
        String pipeline,
        String dataVersion,
        List<Feature> features,
        List<String> labels,
        Map<Split, SplitSummary> splits,
        Map<String, Double> missingShares,
        Optional<TrainingRows> training) {
    public PipelineManifest {
        features = List.copyOf(features);
        labels = List.copyOf(labels);
        splits = Collections.unmodifiableMap(new EnumMap<>(splits));
        missingShares = Collections.unmodifiableMap(new LinkedHashMap<>(missingShares));
        if (splits.size() != Split.values().length) {
            throw new IllegalArgumentException("pipeline " + pipeline + " has splits " + splits.keySet()
                    + "; expected train, validation and test");
        }
    }

    /**
     * What decides which rows are training rows, and how they are encoded.
     *
     * @param until time before which all rows are training rows, milliseconds since the epoch
     * @param content fingerprint of the training rows
     * @param settings hash over the configuration that makes rows of logs
     */
    public record TrainingRows(long until, String content, String settings) {}

    /**
     * One split's file.
     *
     * @param rows number of rows, 1 or more
     * @param positives rows with label 1, per label
     * @param firstTime earliest row, milliseconds since the epoch
     * @param lastTime latest row, milliseconds since the epoch
     * @param checksum SHA-256 of the file, hex
     * @param bytes size of the file
     */
    public record SplitSummary(
            long rows, Map<String, Long> positives, long firstTime, long lastTime, String checksum, long bytes) {
        public SplitSummary {
            positives = Collections.unmodifiableMap(new LinkedHashMap<>(positives));
        }
    }

    public SplitSummary split(Split split) {
        return splits.get(split);
    }

    /** Share of a split's rows with label 1. */
    public double baseRate(Split split, String label) {
        SplitSummary summary = split(split);
        Long positives = summary.positives().get(label);
        if (positives == null) {
            throw new IllegalArgumentException(
                    "pipeline " + pipeline + " has no label " + label + "; there are " + labels);
        }
        return (double) positives / summary.rows();
    }

    /** Ids per id or sequence feature, id 0 (out-of-vocabulary) not counted. */
    public Map<String, Integer> vocabularySizes() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (Feature feature : features) {
            if (feature.column() instanceof IdColumn id) {
                sizes.put(feature.name(), id.cardinality() - 1);
            } else if (feature.column() instanceof SequenceColumn sequence) {
                sizes.put(feature.name(), sequence.cardinality() - 1);
            }
        }
        return sizes;
    }
}
