package dev.smt.training;

import dev.smt.data.DataTemplate;

/**
 * From the logits that a training made to the log odds of the label in the rows as they are. What leaving out negatives,
 * weighing positives and the focal loss do to a model that minimizes its expected loss has a closed form, which is undone
 * here; label smoothing is not undone. {@link PlattScaling} comes last.
 */
final class LogitCalibration {
    private final FocalLoss loss;
    private final float shift;
    private final PlattScaling scaling;

    private LogitCalibration(FocalLoss loss, float shift, PlattScaling scaling) {
        this.loss = loss;
        this.shift = shift;
        this.scaling = scaling;
    }

    /** The closed forms, without Platt scaling. */
    static LogitCalibration of(DataTemplate data, LossTemplate loss) {
        // p / (p + (1 - p) / rate) multiplies the odds by the rate; a positive weight divides them by the weight.
        double shift = Math.log(data.negativeRate());
        return new LogitCalibration(
                FocalLoss.of(loss),
                (float) (loss.focalGamma() == 0 ? shift - Math.log(loss.positiveWeight()) : shift),
                PlattScaling.IDENTITY);
    }

    /** Followed by Platt scaling. */
    LogitCalibration with(PlattScaling last) {
        return new LogitCalibration(loss, shift, last);
    }

    float apply(float logit) {
        float odds = loss.gamma() == 0 ? logit + shift : (float) loss.logOdds(logit) + shift;
        return scaling.equals(PlattScaling.IDENTITY) ? odds : (float) scaling.apply(odds);
    }
}
