package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.metric.BucketedLoss;
import java.util.List;
import java.util.stream.Stream;

/**
 * Scores the same rows again and again, with some features' values taken from other rows: what the importance of features is
 * measured with. The model is this one's until the next rows are read by it.
 */
public final class FeatureScorer {
    /** Of a batch's widest array: few enough that what the layers keep of it stays in a core's cache. */
    private static final int NUMBERS_AT_ONCE = 1 << 17;

    private static final int FEWEST_ROWS = 256;

    private final TrainedModel trained;
    private final RankingModel model;
    private final EncodedExamples rows;
    private final EventLoss loss;
    private final EventRows labels;
    private final int width;
    private final float[] batch;
    private final int rowsAtOnce;

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
        this.rowsAtOnce = rowsAtOnce(model);
        model.read(rows);
    }

    private static int rowsAtOnce(RankingModel model) {
        int rows = Math.max(FEWEST_ROWS, NUMBERS_AT_ONCE / model.widest());
        return Math.min(rows, model.capacity());
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
        batches(some, (from, count) -> {
            model.predict(some, from, count, batch);
            add(losses, some, from, count);
        });
        return finite(losses, some.length);
    }

    /**
     * The losses of some rows after each of some changes. The rows are gone through once for all of them.
     *
     * @throws IllegalArgumentException when the model has no such feature, or a permutation is of fewer or more rows
     * @throws TrainingFailedException when their sum is not finite
     */
    public List<BucketedLoss> losses(int[] some, List<FeatureChange> changes) {
        changes.forEach(this::require);
        List<BucketedLoss> losses =
                Stream.generate(BucketedLoss::new).limit(changes.size()).toList();
        batches(some, (from, count) -> {
            try (ChangedBatch changed = new ChangedBatch(model, some, from, count)) {
                for (int i = 0; i < changes.size(); i++) {
                    changed.predict(changes.get(i), batch);
                    add(losses.get(i), some, from, count);
                }
            }
        });
        return losses.stream().map(sum -> finite(sum, some.length)).toList();
    }

    private interface Batch {
        void rows(int from, int count);
    }

    private void batches(int[] some, Batch work) {
        for (int from = 0; from < some.length; from += rowsAtOnce) {
            work.rows(from, Math.min(rowsAtOnce, some.length - from));
        }
    }

    private void add(BucketedLoss losses, int[] some, int from, int count) {
        for (int b = 0; b < count; b++) {
            int row = some[from + b];
            if (labels.has(row)) {
                losses.add(rows.bucket(row), loss.evaluation(batch, b * width, labels.labels()[row]));
            }
        }
    }

    private BucketedLoss finite(BucketedLoss losses, int count) {
        if (!Double.isFinite(losses.totalLoss())) {
            throw new TrainingFailedException(
                    "the loss of label " + trained.specification().label() + " is " + losses.totalLoss() + " on "
                            + count + " evaluation rows: the model diverged; lower the learning rates");
        }
        return losses;
    }

    private void require(FeatureChange change) {
        List<String> known = trained.specification().network().features().stream()
                .map(Feature::name)
                .toList();
        change.features().stream()
                .filter(feature -> !known.contains(feature))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalArgumentException("no feature " + unknown + "; there are " + known);
                });
        if (change.permutation().rows() != rows.rows()) {
            throw new IllegalArgumentException(
                    "a permutation of " + change.permutation().rows() + " rows; there are " + rows.rows());
        }
    }
}
