package dev.smt.jobs.importance;

import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureRanking;
import dev.smt.importance.FirstOrderAblation;
import dev.smt.importance.GroupedPermutation;
import dev.smt.importance.ImportanceMethod;
import dev.smt.importance.IntegratedGradients;
import dev.smt.importance.LearnedGates;
import dev.smt.importance.LeaveOneFeatureOut;
import dev.smt.importance.PermutationImportance;
import dev.smt.importance.Precision;
import dev.smt.jobs.importance.ImportanceConfiguration.Measures;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures the features of reference models on the executors, by all the methods that are asked for. */
final class FeatureMeasurements {
    private final Measures measures;
    private final ExecutorFanOut executors;
    private final Progress progress;
    private final List<String> problems = new ArrayList<>();

    FeatureMeasurements(Measures measures, ExecutorFanOut executors, Progress progress) {
        this.measures = measures;
        this.executors = executors;
        this.progress = progress;
    }

    /** A line for each model that has no importance. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /**
     * The importances by method and model.
     *
     * @throws IllegalStateException when no reference model can be trained
     */
    Map<String, Map<String, List<FeatureImportance>>> of(List<Reference> references) {
        int parts = partsPerModel(executors.slots(), references.size());
        List<ImportanceMeasurement> pieces = new ArrayList<>();
        for (Reference reference : references) {
            List<ImportanceMethod> permutations =
                    permutations(reference.training().seed());
            for (int part = 0; part < parts && !permutations.isEmpty(); part++) {
                pieces.add(new ImportanceMeasurement(
                        reference.training(), permutations, new ImportanceMeasurement.Part(part, parts)));
            }
            if (measures.hasShared()) {
                // All features come from the same passes: parts would repeat them.
                pieces.add(new ImportanceMeasurement(
                        reference.training(), shared(), new ImportanceMeasurement.Part(0, 1)));
            }
        }
        Map<String, Map<String, List<FeatureImportance>>> byMethod = measure(pieces, "importance tasks");
        if (byMethod.isEmpty()) {
            throw new IllegalStateException("no reference model could be trained: " + String.join("; ", problems));
        }
        if (measures.has(LeaveOneFeatureOut.NAME)) {
            byMethod.putAll(leftOut(references, byMethod.get(measures.method()), parts));
        }
        return byMethod;
    }

    /** How many tasks measure so many models, each with a training of its own. */
    static long tasks(int slots, int models) {
        return models == 0 ? 0 : (long) models * partsPerModel(slots, models);
    }

    /** As many shares of the features as it takes to keep the cluster busy. */
    private static int partsPerModel(int slots, int models) {
        return Math.max(1, (2 * slots + models - 1) / models);
    }

    /** The methods whose features can be measured apart. */
    private List<ImportanceMethod> permutations(long seed) {
        PermutationImportance alone = new PermutationImportance(
                measures.repeats(), Seeds.of(seed, "permutation"), Precision.adaptive(measures.firstShare()));
        return Stream.<ImportanceMethod>of(alone, new GroupedPermutation(alone, measures.groupThreshold()))
                .filter(method -> measures.has(method.name()))
                .toList();
    }

    private List<ImportanceMethod> shared() {
        return Stream.<ImportanceMethod>of(
                        new IntegratedGradients(measures.gradientSteps()),
                        new FirstOrderAblation(),
                        new LearnedGates(measures.gateEpochs()))
                .filter(method -> measures.has(method.name()))
                .toList();
    }

    private Map<String, Map<String, List<FeatureImportance>>> leftOut(
            List<Reference> references, Map<String, List<FeatureImportance>> ranked, int parts) {
        List<ImportanceMeasurement> pieces = new ArrayList<>();
        references.stream()
                .filter(reference -> ranked.containsKey(reference.model().id()))
                .forEach(reference -> {
                    List<String> first = FeatureRanking.of(
                                    ranked.get(reference.model().id()))
                            .stream()
                            .limit(measures.leftOut())
                            .map(FeatureImportance::feature)
                            .toList();
                    for (int part = 0; part < Math.min(parts, first.size()); part++) {
                        int own = part;
                        Set<String> features = first.stream()
                                .filter(name -> first.indexOf(name) % parts == own)
                                .collect(Collectors.toSet());
                        pieces.add(new ImportanceMeasurement(
                                reference.training(),
                                List.of(new LeaveOneFeatureOut()),
                                new ImportanceMeasurement.Named(features)));
                    }
                });
        return measure(pieces, "tasks that leave features out");
    }

    private Map<String, Map<String, List<FeatureImportance>>> measure(List<ImportanceMeasurement> pieces, String what) {
        List<ImportanceMeasurement.Outcome> outcomes;
        try (Progress.Counter counter = progress.count(what, pieces.size())) {
            outcomes = executors.run(
                    pieces,
                    piece -> piece.reference().cost(),
                    (cache, piece) -> piece.measure(cache),
                    outcome -> counter.add(1));
        }
        Map<String, Map<String, List<FeatureImportance>>> byMethod = new LinkedHashMap<>();
        for (ImportanceMeasurement.Outcome outcome : outcomes) {
            if (outcome.failureReason() != null) {
                problems.add("model " + outcome.modelId() + " has no importance: " + outcome.failureReason());
            }
            outcome.byMethod()
                    .forEach((method, importances) -> byMethod.computeIfAbsent(method, name -> new TreeMap<>())
                            .computeIfAbsent(outcome.modelId(), id -> new ArrayList<>())
                            .addAll(importances));
        }
        return byMethod;
    }
}
