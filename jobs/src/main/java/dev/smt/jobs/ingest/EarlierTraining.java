package dev.smt.jobs.ingest;

import dev.smt.jobs.ingest.PipelineManifest.SplitSummary;
import dev.smt.jobs.ingest.PipelineManifest.TrainingRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The training rows that an incremental ingest keeps as they are: those of the versions that count. All rows before one time are among
 * them, so only later rows are read from the logs: the new ones, and those that were validation and test rows, since what these were
 * encoded by did not know them. Where versions end at different times, most of them decide: the others are of pipelines that have not been encoded for a while.
 *
 * @param until time before which rows are kept, milliseconds since the epoch
 * @param pipelines the versions, by name of the pipeline
 */
record EarlierTraining(long until, Map<String, PipelineManifest> pipelines) {
    EarlierTraining {
        pipelines = Map.copyOf(pipelines);
    }

    /** The rows that can be kept, or why none can be. */
    record Found(Optional<EarlierTraining> rows, String why) {
        private static Found nothing(String why) {
            return new Found(Optional.empty(), why);
        }
    }

    /** Looks at the versions that count. */
    static Found in(EncodedStore store, IngestConfiguration configuration) {
        List<PipelineManifest> manifests = store.manifests();
        if (manifests.isEmpty()) {
            return Found.nothing("none are encoded yet");
        }
        manifests = manifests.stream()
                .filter(manifest -> manifest.training().isPresent())
                .toList();
        if (manifests.isEmpty()) {
            return Found.nothing("an earlier program encoded them, which did not note what this needs");
        }
        String settings = configuration.input().settings(configuration.pipelines());
        List<PipelineManifest> same = manifests.stream()
                .filter(manifest -> training(manifest).settings().equals(settings))
                .toList();
        if (same.isEmpty()) {
            return Found.nothing("features, labels, joins or pipelines have changed since they were encoded");
        }
        return new Found(Optional.of(ofMost(same)), "");
    }

    /** Those that end at the same time as most. */
    private static EarlierTraining ofMost(List<PipelineManifest> manifests) {
        Map<Long, List<PipelineManifest>> byUntil = manifests.stream()
                .collect(Collectors.groupingBy(manifest -> training(manifest).until()));
        long until = Collections.max(
                byUntil.keySet(),
                Comparator.<Long>comparingInt(one -> byUntil.get(one).size()).thenComparing(Comparator.naturalOrder()));
        Map<String, PipelineManifest> pipelines = new LinkedHashMap<>();
        byUntil.get(until).forEach(manifest -> pipelines.put(manifest.pipeline(), manifest));
        return new EarlierTraining(until, pipelines);
    }

    private static TrainingRows training(PipelineManifest manifest) {
        return manifest.training().orElseThrow();
    }

    /** Those of some pipelines. */
    EarlierTraining of(Collection<String> kept) {
        Map<String, PipelineManifest> some = new LinkedHashMap<>(pipelines);
        some.keySet().retainAll(kept);
        return new EarlierTraining(until, some);
    }

    /** Data version per pipeline. */
    Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        pipelines.forEach((pipeline, manifest) -> versions.put(pipeline, manifest.dataVersion()));
        return versions;
    }

    /** The first of all rows, milliseconds since the epoch. */
    long firstTime() {
        return pipelines.values().stream()
                .mapToLong(manifest -> manifest.split(Split.TRAIN).firstTime())
                .min()
                .orElseThrow();
    }

    /**
     * Counts of kept and read rows together, of the pipelines with kept rows; one that has ended has no rows but these.
     *
     * @param read counts of the rows that were read, of all pipelines
     */
    List<Cell> with(List<Cell> read) {
        Map<String, Cell> cells = read.stream().collect(Collectors.toMap(Cell::pipeline, cell -> cell));
        return pipelines.keySet().stream()
                .sorted()
                .map(pipeline -> with(
                        cells.getOrDefault(pipeline, new Cell(pipeline, List.of(), Map.of())), pipelines.get(pipeline)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * What the user is told.
     *
     * @param cells what {@link #with} gave
     */
    String report(List<Cell> cells) {
        long kept = pipelines.values().stream()
                .mapToLong(manifest -> manifest.split(Split.TRAIN).rows())
                .sum();
        return "incremental: kept the encoded training rows before " + Instant.ofEpochMilli(until) + ", " + kept
                + " of " + cells.stream().mapToLong(Cell::rows).sum() + " rows";
    }

    private static Cell with(Cell cell, PipelineManifest kept) {
        SplitSummary train = kept.split(Split.TRAIN);
        String content = kept.training().orElseThrow().content();
        Map<Split, Cell.Counts> splits = new EnumMap<>(Split.class);
        splits.putAll(cell.splits());
        Cell.Counts more = cell.splits().get(Split.TRAIN);
        List<Long> positives = IntStream.range(0, kept.labels().size())
                .mapToObj(label -> train.positives().get(kept.labels().get(label))
                        + (more == null ? 0 : more.positives().get(label)))
                .toList();
        splits.put(
                Split.TRAIN,
                more == null
                        ? new Cell.Counts(train.rows(), positives, content)
                        : new Cell.Counts(
                                train.rows() + more.rows(),
                                positives,
                                Sha256.hex(content + "\n" + more.fingerprint())));
        return new Cell(cell.pipeline(), cell.by(), splits);
    }
}
