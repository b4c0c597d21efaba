package dev.smt.training;

import dev.smt.data.LabelTransform;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.OptimizationEvent.Amount;
import dev.smt.fleet.OptimizationEvent.Binary;
import dev.smt.fleet.OptimizationEvent.Levels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What events' losses know of the training rows, as numbers by name, and back. */
final class LossStatistics {
    private static final String BASE_RATE = "base-rate";
    private static final String KEPT_RATE = "kept-rate";
    private static final String ODDS_FACTOR = "odds-factor";
    private static final String SLOPE = "calibration-slope";
    private static final String INTERCEPT = "calibration-intercept";
    private static final String MEAN = "mean";
    private static final String DEVIATION = "deviation";
    private static final String VARIANCE = "variance";
    private static final String SMEARING = "smearing";
    private static final String SHARE_OF_LEVEL = "share-of-level-";

    private LossStatistics() {}

    static SortedMap<String, Double> of(EventLoss loss) {
        SortedMap<String, Double> values = new TreeMap<>();
        if (loss instanceof BinaryLoss binary) {
            values.put(BASE_RATE, binary.baseRate());
            values.put(KEPT_RATE, binary.keptRate());
            values.put(ODDS_FACTOR, binary.oddsFactor());
            values.put(SLOPE, binary.scaling().slope());
            values.put(INTERCEPT, binary.scaling().intercept());
        } else if (loss instanceof AmountLoss amount) {
            values.put(MEAN, amount.mean());
            values.put(DEVIATION, amount.deviation());
            values.put(VARIANCE, amount.variance());
            if (amount.isLogarithmic()) {
                values.put(SMEARING, amount.smearing());
            }
        } else if (loss instanceof LevelsLoss levels) {
            for (int level = 0; level < levels.shares().length; level++) {
                values.put(SHARE_OF_LEVEL + level, levels.shares()[level]);
            }
        }
        return values;
    }

    /**
     * The losses of a specification's events.
     *
     * @throws IllegalArgumentException when a number is missing, or there is one that the event's loss doesn't have
     */
    static List<EventLoss> losses(ModelSpecification specification, List<SortedMap<String, Double>> statistics) {
        List<OptimizationEvent> events = specification.network().events();
        if (events.size() != statistics.size()) {
            throw new IllegalArgumentException(
                    "statistics are of " + statistics.size() + " events; the specification has " + events.size());
        }
        List<EventLoss> losses = new ArrayList<>();
        for (int event = 0; event < events.size(); event++) {
            SortedMap<String, Double> left = new TreeMap<>(statistics.get(event));
            losses.add(loss(specification, events.get(event), left));
            if (!left.isEmpty()) {
                throw new IllegalArgumentException(
                        "event " + events.get(event) + " has statistics that its loss doesn't know: " + left);
            }
        }
        return losses;
    }

    private static EventLoss loss(
            ModelSpecification specification, OptimizationEvent event, SortedMap<String, Double> left) {
        if (event.target() instanceof Binary) {
            return new BinaryLoss(
                    take(left, event, BASE_RATE),
                    take(left, event, KEPT_RATE),
                    take(left, event, ODDS_FACTOR),
                    specification.training().labelSmoothing(),
                    FocalLoss.of(specification.training().loss()),
                    new PlattScaling(take(left, event, SLOPE), take(left, event, INTERCEPT)));
        }
        if (event.target() instanceof Amount) {
            Optional<LabelTransform> transform = EventRows.transform(event, specification.data());
            AmountLoss loss = new AmountLoss(
                    transform, take(left, event, MEAN), take(left, event, DEVIATION), take(left, event, VARIANCE));
            // Models of before smearing have none, and predict as they did.
            return loss.isLogarithmic() && left.containsKey(SMEARING)
                    ? loss.with(takePositive(left, event, SMEARING))
                    : loss;
        }
        double[] shares = new double[((Levels) event.target()).count()];
        for (int level = 0; level < shares.length; level++) {
            shares[level] = take(left, event, SHARE_OF_LEVEL + level);
        }
        return new LevelsLoss(shares);
    }

    private static double takePositive(SortedMap<String, Double> left, OptimizationEvent event, String name) {
        double value = take(left, event, name);
        if (!(value > 0)) {
            throw new IllegalArgumentException(
                    "event " + event + " has " + name + " = " + value + "; expected: above 0");
        }
        return value;
    }

    private static double take(SortedMap<String, Double> left, OptimizationEvent event, String name) {
        Double value = left.remove(name);
        if (value == null || !Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "event " + event + " has " + name + " = " + value + "; expected: a finite number");
        }
        return value;
    }
}
