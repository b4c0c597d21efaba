package dev.smt.jobs.importance;

import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.table.Cells;
import dev.smt.jobs.table.TopKCurveRow;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.TrialModel;
import dev.smt.jobs.trial.TrialModelOutcome;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.PairedDelta;
import dev.smt.template.Instantiation;
import dev.smt.template.Template;
import dev.smt.template.TemplateInputs;
import dev.smt.training.ModelSpecification;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What models lose with fewer features of a type: each reference model is trained with the K most important of them, for growing
 * K, and all features of the other types, and compared with itself with all features, on the validation rows.
 */
final class TopKCurve {
    private static final int GROWTH = 2;

    private final FleetInputs fleet;
    private final ExecutorFanOut executors;
    private final Progress progress;

    TopKCurve(FleetInputs fleet, ExecutorFanOut executors, Progress progress) {
        this.fleet = fleet;
        this.executors = executors;
        this.progress = progress;
    }

    /** One training; a type's K, or all features. */
    private record Point(Reference reference, Optional<FeatureType> type, int k, TrialModel training) {
        private double bytes() {
            return FleetInputs.cost(training.specification()).parameterBytes();
        }
    }

    /** A training and what came of it; empty where it failed. */
    private record Trained(Point point, Optional<BucketedLoss> losses) {}

    /**
     * The curve of each type, by growing K, with the K that is to be taken.
     *
     * @param ranked all features of the fleet, the most important first
     * @param loss percent of NE that is not significant
     */
    List<TopKCurveRow> of(
            String runId,
            List<FeatureType> types,
            List<Reference> references,
            List<FeatureImportance> ranked,
            double loss) {
        EnumMap<FeatureType, Integer> available = new EnumMap<>(FeatureType.class);
        ranked.forEach(feature -> available.merge(feature.type(), 1, Integer::sum));
        List<Point> points = new ArrayList<>();
        references.forEach(reference -> points.add(whole(reference)));
        for (FeatureType type : types) {
            for (int k : sizes(available.getOrDefault(type, 0))) {
                for (Reference reference : references) {
                    points.add(point(reference, type, k, ranked));
                }
            }
        }
        List<Trained> trained = train(points);
        List<Trained> bases = trained.subList(0, references.size());
        List<TopKCurveRow> rows = new ArrayList<>();
        for (FeatureType type : types) {
            List<TopKCurveRow> curve = new ArrayList<>();
            for (int k : sizes(available.getOrDefault(type, 0))) {
                curve.add(row(runId, type, k, trained, bases));
            }
            int all = available.getOrDefault(type, 0);
            curve.add(new TopKCurveRow(
                    runId, type.name(), all, bases.size(), OptionalDouble.of(0), OptionalDouble.of(0), 1, false));
            rows.addAll(withKnee(curve, loss));
        }
        return rows;
    }

    /** The numbers of features that are tried, fewer than all. */
    static List<Integer> sizes(int features) {
        List<Integer> sizes = new ArrayList<>();
        for (int k = 1; k < features; k *= GROWTH) {
            sizes.add(k);
        }
        return sizes;
    }

    /** Marks the smallest K from which on no loss, with its error, is significant. */
    static List<TopKCurveRow> withKnee(List<TopKCurveRow> curve, double loss) {
        int knee = curve.size() - 1;
        while (knee > 0 && isEnough(curve.get(knee - 1), loss)) {
            knee--;
        }
        List<TopKCurveRow> marked = new ArrayList<>(curve);
        marked.set(knee, curve.get(knee).taken());
        return List.copyOf(marked);
    }

    private static boolean isEnough(TopKCurveRow row, double loss) {
        double delta = row.neDelta().orElse(Double.NEGATIVE_INFINITY);
        return delta - row.neDeltaSe().orElse(Double.POSITIVE_INFINITY) >= -loss;
    }

    private Point whole(Reference reference) {
        ModelSpecification specification = reference.training().specification();
        return new Point(reference, Optional.empty(), Integer.MAX_VALUE, training(reference, specification));
    }

    private TrialModel training(Reference reference, ModelSpecification specification) {
        return fleet.trialModel(
                reference.model(), specification, reference.training().seed(), List.of(Split.VALIDATION));
    }

    private Point point(Reference reference, FeatureType type, int k, List<FeatureImportance> ranked) {
        EnumMap<FeatureType, Integer> topK =
                new EnumMap<>(reference.template().features().topK());
        topK.put(type, k);
        Template fewer = reference
                .template()
                .withFeatures(reference.template().features().withSelection(topK, ""));
        TemplateInputs inputs = new TemplateInputs(
                reference.model(),
                fleet.manifest(reference.model()).features(),
                ranked.stream().map(FeatureImportance::feature).toList());
        ModelSpecification specification = Instantiation.of(fewer, inputs);
        return new Point(reference, Optional.of(type), k, training(reference, specification));
    }

    private List<Trained> train(List<Point> points) {
        List<Trained> trained = new ArrayList<>();
        try (Progress.Counter counter = progress.count("trainings with fewer features", points.size())) {
            List<TrialModelOutcome> outcomes =
                    executors.evaluate(points.stream().map(Point::training).toList(), outcome -> counter.add(1));
            for (int i = 0; i < outcomes.size(); i++) {
                TrialModelOutcome outcome = outcomes.get(i);
                trained.add(new Trained(
                        points.get(i),
                        outcome.failed()
                                ? Optional.empty()
                                : Optional.of(
                                        outcome.evaluation(Split.VALIDATION).losses())));
            }
        }
        return trained;
    }

    /** A K that not all models can be trained with has no delta. */
    private static TopKCurveRow row(String runId, FeatureType type, int k, List<Trained> trained, List<Trained> bases) {
        List<Trained> withK = trained.stream()
                .filter(one -> one.point().type().equals(Optional.of(type))
                        && one.point().k() == k)
                .toList();
        double weights = 0;
        double mean = 0;
        double variance = 0;
        double bytes = 0;
        for (int i = 0; i < withK.size(); i++) {
            Optional<BucketedLoss> base = bases.get(i).losses();
            Optional<BucketedLoss> fewer = withK.get(i).losses();
            bytes += withK.get(i).point().bytes() / bases.get(i).point().bytes() / withK.size();
            double weight = withK.get(i).point().reference().model().weight();
            PairedDelta delta = base.isPresent() && fewer.isPresent()
                    ? PairedDelta.between(base.get(), fewer.get())
                    : new PairedDelta(Double.NaN, Double.NaN);
            weights += weight;
            mean += weight * delta.delta();
            variance += weight * weight * delta.standardError() * delta.standardError();
        }
        return new TopKCurveRow(
                runId,
                type.name(),
                k,
                (int) withK.stream().filter(one -> one.losses().isPresent()).count(),
                Cells.finite(mean / weights),
                Cells.finite(Math.sqrt(variance) / weights),
                bytes,
                false);
    }
}
