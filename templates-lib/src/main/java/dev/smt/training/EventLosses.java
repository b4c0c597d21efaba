package dev.smt.training;

import dev.smt.data.DataTemplate;
import dev.smt.data.LabelTransform;
import dev.smt.fleet.OptimizationEvent.Binary;
import dev.smt.fleet.OptimizationEvent.Levels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the events' losses from the training rows. */
final class EventLosses {
    private EventLosses() {}

    /**
     * One loss per event.
     *
     * @throws TrainingFailedException when a label has one class, one value, or a level without rows
     */
    static List<EventLoss> of(List<EventRows> events, TrainingRows rows, DataTemplate data, TrainingTemplate training) {
        List<EventLoss> losses = new ArrayList<>();
        for (int event = 0; event < events.size(); event++) {
            EventRows labels = events.get(event);
            if (labels.event().target() instanceof Binary) {
                losses.add(binary(labels, event, rows, event == 0 ? data.negativeRate() : 1, training));
            } else if (labels.event().target() instanceof Levels levels) {
                losses.add(levels(labels, levels.count()));
            } else {
                losses.add(amount(labels));
            }
        }
        return losses;
    }

    private static BinaryLoss binary(
            EventRows labels, int event, TrainingRows rows, double negativeRate, TrainingTemplate training) {
        long known = 0;
        long positives = 0;
        double keptWeight = 0;
        double keptPositives = 0;
        for (int row = 0; row < labels.labels().length; row++) {
            if (labels.has(row)) {
                known++;
                positives += labels.labels()[row] == 1 ? 1 : 0;
                if (rows.kept(row)) {
                    float weight = rows.weight(event, row);
                    keptWeight += weight;
                    keptPositives += labels.labels()[row] * weight;
                }
            }
        }
        double keptRate = keptPositives / keptWeight;
        if (!(keptRate > 0 && keptRate < 1)) {
            throw new TrainingFailedException("label " + labels.event().label() + " has one class only: " + positives
                    + " positive and " + (known - positives) + " negative rows of " + known
                    + " are left at a negative rate of " + negativeRate);
        }
        return new BinaryLoss(
                (double) positives / known,
                keptRate,
                negativeRate,
                training.labelSmoothing(),
                FocalLoss.of(training.loss()),
                PlattScaling.IDENTITY);
    }

    private static AmountLoss amount(EventRows labels) {
        Optional<LabelTransform> transform = labels.transform();
        Moments plain = new Moments();
        Moments transformed = new Moments();
        for (int row = 0; row < labels.labels().length; row++) {
            if (labels.has(row)) {
                float label = labels.labels()[row];
                plain.add(label);
                transformed.add(transform.map(change -> change.apply(label, 0)).orElse(label));
            }
        }
        if (!(transformed.variance() > 0)) {
            throw new TrainingFailedException("label " + labels.event().label() + " has one value only, " + plain.mean()
                    + ", in " + plain.count() + " rows; there is nothing to learn");
        }
        return new AmountLoss(transform, transformed.mean(), Math.sqrt(transformed.variance()), plain.variance());
    }

    private static LevelsLoss levels(EventRows labels, int count) {
        double[] shares = new double[count];
        long known = 0;
        for (int row = 0; row < labels.labels().length; row++) {
            if (labels.has(row)) {
                known++;
                shares[(int) labels.labels()[row]]++;
            }
        }
        for (int level = 0; level < count; level++) {
            if (shares[level] == 0) {
                throw new TrainingFailedException("label " + labels.event().label() + " has no training row at level "
                        + level + " of " + count + "; join it with its neighbor");
            }
            shares[level] /= known;
        }
        return new LevelsLoss(shares);
    }
}
