package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.metric.BucketedLoss;
import java.util.List;

/**
 * Scores the same rows again and again, with some features' values taken from other rows: what the importance of features is
 * measured with. Only the changed columns are read anew. The model is this one's until the next rows are read by it. A
 * declared feature keeps its values when its sources' change, and the other way round.
 */
public final class FeatureScorer {
    private final TrainedModel trained;
    private final RankingModel model;
    private final EncodedExamples rows;
    private final EventLoss loss;
    private final EventRows labels;
    private final int width;
    private final float[] batch;

    /**
     * A scorer of the main event.
     *
     * @throws IllegalArgumentException when the rows lack a feature or the label
     * @throws TrainingFailedException when a label has a value that the event can't have
     */
    public FeatureScorer(TrainedModel trained, EncodedExamples rows) {
        this.trained = trained;
        this.model = trained.model();
        this.rows = trained.withTransforms(rows);
        this.loss = trained.loss(0);
        this.labels = EventRows.evaluation(
                rows,
                trained.specification().network().events().get(0),
                trained.specification().data());
        this.width = trained.specification().network().outputs();
        this.batch = new float[model.capacity() * width];
        model.read(rows);
    }

    /** The rows, with the columns of the model's declared features. */
    public EncodedExamples rows() {
        return rows;
    }

    /** Whether the event is known in a row; the others have no loss. */
    public boolean has(int row) {
        return labels.has(row);
    }

    /**
     * The losses of some rows as they are.
     *
     * @throws TrainingFailedException when their sum is not finite
     */
    public BucketedLoss losses(int[] some) {
        BucketedLoss losses = new BucketedLoss();
        for (int from = 0; from < some.length; from += model.capacity()) {
            int count = Math.min(model.capacity(), some.length - from);
            model.predict(some, from, count, batch);
            for (int b = 0; b < count; b++) {
                int row = some[from + b];
                if (labels.has(row)) {
                    losses.add(rows.bucket(row), loss.evaluation(batch, b * width, labels.labels()[row]));
                }
            }
        }
        if (!Double.isFinite(losses.totalLoss())) {
            throw new TrainingFailedException(
                    "the loss of label " + trained.specification().label() + " is " + losses.totalLoss() + " on "
                            + some.length + " evaluation rows: the model diverged; lower the learning rates");
        }
        return losses;
    }

    /**
     * The losses of some rows with features from others: row r has the values of row {@code permutation[r]}, of all these
     * features together.
     *
     * @throws IllegalArgumentException when the model has no such feature, or it is no permutation of the rows
     * @throws TrainingFailedException when their sum is not finite
     */
    public BucketedLoss losses(int[] some, List<String> features, int[] permutation) {
        EncodedExamples changed = rows;
        for (String feature : features) {
            changed = changed.withPermuted(feature, permutation);
        }
        for (String feature : features) {
            model.reread(feature, changed);
        }
        try {
            return losses(some);
        } finally {
            features.forEach(feature -> model.reread(feature, rows));
        }
    }
}
