package dev.smt.training;

/** Rows of the examples that a model reads, with their labels and what it predicts for them. */
final class HeldOutSet {
    private final RankingModel model;
    private final int[] rows;
    private final float[] labels;
    private final LogitCalibration calibration;

    /**
     * Some rows.
     *
     * @param allLabels of all rows of the examples
     */
    HeldOutSet(RankingModel model, int[] rows, float[] allLabels, LogitCalibration calibration) {
        this.model = model;
        this.rows = rows;
        this.calibration = calibration;
        this.labels = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = allLabels[rows[i]];
        }
    }

    /** The mean log loss, in nats. */
    double logLoss() {
        float[] logits = logits();
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            sum += LogisticLoss.of(logits[i], labels[i]);
        }
        return sum / logits.length;
    }

    /** The Platt scaling that fits these rows best. */
    PlattScaling plattScaling() {
        return PlattScaling.fit(logits(), labels);
    }

    private float[] logits() {
        float[] logits = new float[rows.length];
        float[] batch = new float[model.capacity()];
        for (int from = 0; from < rows.length; from += batch.length) {
            int count = Math.min(batch.length, rows.length - from);
            model.predict(rows, from, count, batch);
            for (int b = 0; b < count; b++) {
                logits[from + b] = calibration.apply(batch[b]);
            }
        }
        return logits;
    }
}
