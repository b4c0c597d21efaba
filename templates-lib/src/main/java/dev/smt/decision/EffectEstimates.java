package dev.smt.decision;

import dev.smt.metric.ModelDelta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * The effect on each model, from its replicates. The noise of the training is pooled: every model has few replicates, but
 * all together have many. It is measured in units of each model's row error, because what is noisy in one is noisy in the
 * other; with a prior that it is as large as that.
 *
 * <p>The row errors are those of single deltas. Replicates share the rows, so more of them don't make it smaller. What
 * differs by row from replicate to replicate is counted twice that way, which errs on the safe side.
 */
final class EffectEstimates {
    /** How many observations of a ratio of 1 the prior is worth. */
    private static final double PRIOR_WEIGHT = 2;

    private EffectEstimates() {}

    /**
     * One per model, in their order; none where no row error is known.
     *
     * @param models of which none failed
     */
    static List<EffectEstimate> of(List<ModelReplicates> models) {
        double[] rowErrors = rowErrors(models);
        if (rowErrors.length == 0) {
            return List.of();
        }
        SeedVariance seeds = seedVariance(models, rowErrors);
        double ratio = Math.sqrt(seeds.ratio());
        List<EffectEstimate> estimates = new ArrayList<>();
        for (int i = 0; i < rowErrors.length; i++) {
            List<ModelDelta> deltas = models.get(i).deciding();
            double mean =
                    deltas.stream().mapToDouble(ModelDelta::delta).average().orElseThrow();
            estimates.add(new EffectEstimate(
                    models.get(i).modelId(), mean, rowErrors[i], ratio * rowErrors[i], seeds.degrees(), deltas.size()));
        }
        return estimates;
    }

    /** Root mean squares of the known errors; where a model has none, the largest of the others. */
    private static double[] rowErrors(List<ModelReplicates> models) {
        double[] errors = models.stream()
                .mapToDouble(model -> rowError(model.deciding()).orElse(Double.NaN))
                .toArray();
        OptionalDouble largest =
                Arrays.stream(errors).filter(error -> !Double.isNaN(error)).max();
        if (largest.isEmpty()) {
            return new double[0];
        }
        return Arrays.stream(errors)
                .map(error -> Double.isNaN(error) ? largest.getAsDouble() : error)
                .toArray();
    }

    private static OptionalDouble rowError(List<ModelDelta> deltas) {
        OptionalDouble square = deltas.stream()
                .mapToDouble(ModelDelta::standardError)
                .filter(error -> !Double.isNaN(error))
                .map(error -> error * error)
                .average();
        return square.isPresent() ? OptionalDouble.of(Math.sqrt(square.getAsDouble())) : square;
    }

    /**
     * How many times the estimated variance of the training the true one may be, as draws: its posterior, to which the
     * prior adds a sum of squares but no degrees of freedom. So a mean over its error has Student's distribution or a
     * narrower one, however large the training's noise is. What is the prior's alone is as sure as the prior.
     *
     * @param degrees as in {@link EffectEstimate#seedDegrees()}
     */
    static DoubleSupplier seedFactors(int degrees, RandomGenerator random) {
        double known = degrees == 0 ? PRIOR_WEIGHT : degrees;
        GammaDistribution squares = new GammaDistribution(random, known / 2, 2);
        return () -> (PRIOR_WEIGHT + degrees) / Math.max(squares.sample(), Double.MIN_NORMAL);
    }

    private record SeedVariance(double ratio, int degrees) {}

    /**
     * The variance from seed to seed over that of the rows, from what is left of the deltas when each model's and each
     * replicate's mean is taken away: the search's luck is in its replicate's mean.
     */
    private static SeedVariance seedVariance(List<ModelReplicates> models, double[] rowErrors) {
        int replicates = 1
                + models.stream().mapToInt(model -> model.fresh().size()).min().orElseThrow();
        boolean searched = models.stream()
                .allMatch(model -> model.search().filter(d -> !d.failed()).isPresent());
        List<double[]> scaled = new ArrayList<>();
        for (int i = 0; i < rowErrors.length; i++) {
            ModelReplicates model = models.get(i);
            double error = rowErrors[i];
            Stream<ModelDelta> all = Stream.concat(
                    searched ? model.search().stream() : Stream.empty(),
                    model.fresh().stream().limit(replicates - 1));
            if (error > 0) {
                scaled.add(all.mapToDouble(delta -> delta.delta() / error).toArray());
            }
        }
        int columns = scaled.isEmpty() ? 0 : scaled.get(0).length;
        int degrees = Math.max(0, scaled.size() - 1) * Math.max(0, columns - 1);
        double squares = PRIOR_WEIGHT + (degrees == 0 ? 0 : interaction(scaled, columns));
        return new SeedVariance(squares / (PRIOR_WEIGHT + degrees), degrees);
    }

    /** The sum of the squares that neither the rows' nor the columns' means explain. */
    private static double interaction(List<double[]> values, int columns) {
        double[] columnMeans = new double[columns];
        double grand = 0;
        for (double[] row : values) {
            for (int k = 0; k < columns; k++) {
                columnMeans[k] += row[k] / values.size();
                grand += row[k] / values.size() / columns;
            }
        }
        double squares = 0;
        for (double[] row : values) {
            double rowMean = Arrays.stream(row).average().orElseThrow();
            for (int k = 0; k < columns; k++) {
                double left = row[k] - rowMean - columnMeans[k] + grand;
                squares += left * left;
            }
        }
        return squares;
    }
}
