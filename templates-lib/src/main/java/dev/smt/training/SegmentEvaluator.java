package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.OptimizationEvent.Amount;
import dev.smt.fleet.OptimizationEvent.Levels;
import dev.smt.metric.SegmentEvaluation;
import dev.smt.metric.Segments;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates the main event of models in the segments that id features make of the rows. Which segments there are, and
 * what each is normalized by, follows from the training rows, so it is the same for all models that have them.
 */
public final class SegmentEvaluator {
    private final EncodedExamples training;
    private final List<Segments> segments;

    /**
     * Segments by features, each on its own.
     *
     * @param training the rows that the models were trained on
     * @param features names of id features; none: there is nothing to evaluate
     * @throws IllegalArgumentException when one is no id feature of the rows
     */
    public SegmentEvaluator(EncodedExamples training, List<String> features) {
        this.training = training;
        this.segments = features.stream().map(name -> segments(training, name)).toList();
    }

    private static Segments segments(EncodedExamples training, String name) {
        int[] ids = training.ids(name);
        int cardinality = training.features().stream()
                .filter(feature -> feature.name().equals(name))
                .map(Feature::column)
                .map(IdColumn.class::cast)
                .mapToInt(IdColumn::cardinality)
                .sum();
        return Segments.largest(name, ids, cardinality);
    }

    /**
     * The evaluations of the segments that have rows, feature by feature, the largest segment of the training rows first.
     *
     * @throws TrainingFailedException when the mean loss of a segment is not finite
     */
    public List<SegmentEvaluation> evaluate(TrainedModel model, EncodedExamples rows) {
        if (segments.isEmpty()) {
            return List.of();
        }
        String label = model.specification().label();
        OptimizationEvent event = model.specification().network().events().get(model.event(label));
        EventRows known =
                EventRows.evaluation(rows, event, model.specification().data());
        EventRows learned =
                EventRows.training(training, event, model.specification().data());
        float[] outputs = model.outputs(rows);
        List<SegmentEvaluation> evaluations = new ArrayList<>();
        for (Segments feature : segments) {
            EventScores[] scores = scores(model, known, rows, feature, outputs);
            double[] constants = constantLosses(learned, training.ids(feature.feature()), feature);
            for (int segment = 0; segment < scores.length; segment++) {
                if (scores[segment].count() > 0) {
                    evaluations.add(new SegmentEvaluation(
                            feature.feature(), feature.id(segment), scores[segment].evaluation(constants[segment])));
                }
            }
        }
        return evaluations;
    }

    private static EventScores[] scores(
            TrainedModel model, EventRows known, EncodedExamples rows, Segments segments, float[] outputs) {
        int event = model.event(known.event().label());
        int width = model.specification().network().outputs();
        int begin = model.begin(event);
        EventScores[] scores = new EventScores[segments.count()];
        for (int segment = 0; segment < scores.length; segment++) {
            scores[segment] = new EventScores(model.loss(event), known);
        }
        int[] ids = rows.ids(segments.feature());
        for (int row = 0; row < ids.length; row++) {
            if (known.has(row)) {
                scores[segments.of(ids[row])].add(rows.bucket(row), outputs, row * width + begin, known.labels()[row]);
            }
        }
        return scores;
    }

    /** The mean loss of each segment's best constant on its training rows; 0 where it has no rows, or one value only. */
    private static double[] constantLosses(EventRows learned, int[] ids, Segments segments) {
        double[] losses = new double[segments.count()];
        boolean amount = learned.event().target() instanceof Amount;
        int levels = learned.event().target() instanceof Levels several ? several.count() : 2;
        Moments[] moments = new Moments[losses.length];
        long[][] rows = new long[losses.length][levels];
        for (int segment = 0; segment < losses.length; segment++) {
            moments[segment] = new Moments();
        }
        for (int row = 0; row < ids.length; row++) {
            if (learned.has(row) && amount) {
                moments[segments.of(ids[row])].add(learned.labels()[row]);
            } else if (learned.has(row)) {
                rows[segments.of(ids[row])][(int) learned.labels()[row]]++;
            }
        }
        for (int segment = 0; segment < losses.length; segment++) {
            losses[segment] = amount ? moments[segment].variance() : entropy(rows[segment]);
        }
        return losses;
    }

    /** The entropy of the shares of counted levels, in nats. */
    private static double entropy(long[] counts) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        double entropy = 0;
        for (long count : counts) {
            entropy -= count == 0 ? 0 : (double) count / total * Math.log((double) count / total);
        }
        return entropy;
    }
}
