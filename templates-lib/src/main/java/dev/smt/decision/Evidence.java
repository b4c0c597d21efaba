package dev.smt.decision;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a technique's deltas at its theta* say of its true effect.
 *
 * @param verdict accepted or rejected where that is almost sure, else open
 * @param acceptance probability that R is at most epsilon and mu at least tau
 * @param feasibility probability that R is at most epsilon
 * @param mu the weighted mean effect, in percent NE
 * @param regressionRate R over the models
 * @param nextRegression the probability that one more model like these would regress
 * @param regressions the probability that each model regresses, by model id
 * @param estimates the effects' estimates; none where a model failed or no standard error is known
 * @param replicates fresh replicates per model: none of them had a part in choosing theta*
 * @param looks how sure a verdict had to be
 * @param without why there are no numbers: a training failed, or no standard error is known
 */
public record Evidence(
        Verdict verdict,
        double acceptance,
        double feasibility,
        Optional<Interval> mu,
        Optional<Interval> regressionRate,
        Optional<Interval> nextRegression,
        Map<String, Double> regressions,
        List<EffectEstimate> estimates,
        int replicates,
        Looks looks,
        Optional<String> without) {
    public Evidence {
        regressions = Map.copyOf(regressions);
        estimates = List.copyOf(estimates);
    }
}
