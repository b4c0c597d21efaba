package dev.smt.experiment;

/**
 * Sums over the rows of a log, beside the moments of its units. Weights are after clipping where nothing else is said.
 *
 * @param rows number of rows
 * @param unsupported rows that the target policy would take and that have no propensity above 0
 * @param squaredWeights sum of w^2
 * @param absoluteRewards sum of |w r|
 * @param squaredRewards sum of (w r)^2
 * @param largestWeight before clipping
 * @param clipped rows whose weight was cut
 * @param clippedReward sum of (weight before - weight after) r
 * @param clippedCorrection sum of (weight before - weight after)(r - prediction)
 */
public record LoggedSums(
        long rows,
        long unsupported,
        double squaredWeights,
        double absoluteRewards,
        double squaredRewards,
        double largestWeight,
        long clipped,
        double clippedReward,
        double clippedCorrection) {
    /** Of no rows. */
    static final LoggedSums NONE = new LoggedSums(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** These sums and one more row, whose weight is at most {@code clip}. */
    LoggedSums plus(LoggedChoice row, double clip) {
        double weight = Math.min(clip, row.weight());
        double cut = row.weight() - weight;
        double weighted = weight * row.reward();
        return new LoggedSums(
                rows + 1,
                unsupported + (row.unsupported() ? 1 : 0),
                squaredWeights + weight * weight,
                absoluteRewards + Math.abs(weighted),
                squaredRewards + weighted * weighted,
                Math.max(largestWeight, row.weight()),
                clipped + (cut > 0 ? 1 : 0),
                clippedReward + cut * row.reward(),
                clippedCorrection + cut * (row.reward() - row.prediction()));
    }
}
