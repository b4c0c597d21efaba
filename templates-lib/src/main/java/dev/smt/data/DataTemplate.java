package dev.smt.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How a template's models see their training rows (paper, section 3.2.1). Evaluation rows are never changed.
 *
 * @param negativeRate share of the negative training rows that is kept, chosen by row hash, in (0, 1]; predictions are
 *     re-calibrated by p / (p + (1 - p) / rate)
 * @param recencyHalfLife age at which a training row's weight is one half, as a share of the training period, above 0;
 *     positive infinity: all rows weigh the same
 * @param labelTransforms at most one per label; those of labels that a model doesn't have, mean nothing to it; sorted by
 *     label
 * @param auxiliaryLabels numeric features that the models that have them learn to predict, beside their events, and don't
 *     read; sorted
 * @param auxiliaryWeight of the loss of each of them, 0 or more; 0: they are left out of the inputs, and nothing more
 */
public record DataTemplate(
        double negativeRate,
        double recencyHalfLife,
        List<LabelTransform> labelTransforms,
        List<String> auxiliaryLabels,
        double auxiliaryWeight)
        implements Serializable {
    /** All rows, the same weight, labels as they are. */
    public static final DataTemplate PLAIN = new DataTemplate(1, Double.POSITIVE_INFINITY, List.of(), List.of(), 0);

    public DataTemplate {
        labelTransforms = labelTransforms.stream()
                .sorted(Comparator.comparing(LabelTransform::label))
                .toList();
        auxiliaryLabels = auxiliaryLabels.stream().sorted().distinct().toList();
        List<String> problems = new ArrayList<>();
        if (!(negativeRate > 0 && negativeRate <= 1)) {
            problems.add("negative rate is " + negativeRate + "; allowed: above 0, at most 1");
        }
        if (!(recencyHalfLife > 0)) {
            problems.add("recency half-life is " + recencyHalfLife + "; allowed: above 0");
        }
        if (!(auxiliaryWeight >= 0) || Double.isInfinite(auxiliaryWeight)) {
            problems.add("auxiliary weight is " + auxiliaryWeight + "; allowed: 0 or more");
        }
        for (int i = 1; i < labelTransforms.size(); i++) {
            if (labelTransforms.get(i).label().equals(labelTransforms.get(i - 1).label())) {
                problems.add("label " + labelTransforms.get(i).label() + " has two transforms, "
                        + labelTransforms.get(i - 1).text() + " and "
                        + labelTransforms.get(i).text() + "; allowed: one");
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** A copy that keeps this share of the negatives. */
    public DataTemplate withNegativeRate(double rate) {
        return new DataTemplate(rate, recencyHalfLife, labelTransforms, auxiliaryLabels, auxiliaryWeight);
    }

    /** A copy with this half-life. */
    public DataTemplate withRecencyHalfLife(double halfLife) {
        return new DataTemplate(negativeRate, halfLife, labelTransforms, auxiliaryLabels, auxiliaryWeight);
    }

    /** A copy with these label transforms. */
    public DataTemplate withLabelTransforms(List<LabelTransform> transforms) {
        return new DataTemplate(negativeRate, recencyHalfLife, transforms, auxiliaryLabels, auxiliaryWeight);
    }

    /** A copy with these features as labels. */
    public DataTemplate withAuxiliaryLabels(List<String> features, double weight) {
        return new DataTemplate(negativeRate, recencyHalfLife, labelTransforms, features, weight);
    }
}
