package dev.smt.jobs.sensitivity;

import dev.smt.jobs.mmo.CompletedTrial;
import dev.smt.jobs.sensitivity.ExposureRule.Contrast;
import dev.smt.jobs.sensitivity.ExposureRule.Finding;
import dev.smt.jobs.sensitivity.FirstOrderSurrogate.Fit;
import dev.smt.jobs.sensitivity.ParameterSensitivity.Estimate;
import dev.smt.jobs.sensitivity.SensitivityDesign.Effect;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.SearchSpace;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Which parameters to standardize and which to expose (paper, section 3.3.2, Eq. 7): a linear fit of mu, and of every
 * model's own delta, over the feasible trials on the unit cube. A parameter is exposed when its effect is large or the
 * models disagree on it; a categorical one by the two levels that differ most.
 *
 * <p>Where the trials can't tell, nothing is exposed, and the reason says so: exposing is a change that needs evidence.
 */
public final class SensitivityAnalysis {
    private final ExposureRule rule;

    public SensitivityAnalysis(SensitivityConfiguration configuration) {
        this.rule = new ExposureRule(configuration);
    }

    /**
     * One entry per coordinate of the unit cube, in order.
     *
     * @param trials complete trials of one technique; those that are not feasible are left out
     */
    public List<ParameterSensitivity> of(SearchSpace space, FleetObjective objective, List<CompletedTrial> trials) {
        List<CompletedTrial> feasible = trials.stream()
                .filter(trial -> trial.outcome(objective).feasible())
                .toList();
        SensitivityDesign design = new SensitivityDesign(
                space, feasible.stream().map(CompletedTrial::theta).toList());
        String found = feasible.size() + " feasible trials of " + trials.size();
        int needed = design.columns() + 1 + FirstOrderSurrogate.LEAST_FREEDOM;
        if (feasible.size() < needed) {
            return unknown(
                    design,
                    found + " are too few: " + (design.columns() + 1) + " coefficients need at least " + needed);
        }
        Optional<FirstOrderSurrogate> surrogate = FirstOrderSurrogate.over(design.points());
        if (surrogate.isEmpty()) {
            return unknown(design, "in the " + found + " some parameters always change together");
        }
        Fits fits = Fits.of(surrogate.get(), objective, feasible);
        return design.effects().stream()
                .flatMap(effect -> decide(effect, fits, found))
                .toList();
    }

    private Stream<ParameterSensitivity> decide(Effect effect, Fits fits, String found) {
        if (effect.contrasts().isEmpty()) {
            return unknown(effect, "the parameter is the same in all " + found);
        }
        List<Contrast> contrasts =
                effect.contrasts().stream().map(fits::contrast).toList();
        Finding strength = largest(contrasts.stream().map(rule::effect));
        Finding disagreement = largest(contrasts.stream().map(rule::disagreement));
        boolean expose = strength.large() || disagreement.large();
        String reason = strength.words() + "; " + disagreement.words();
        return effect.coefficients().stream()
                .map(coefficient -> new ParameterSensitivity(
                        coefficient.coordinate(), coefficient.weights().map(fits::estimate), expose, reason));
    }

    private static Finding largest(Stream<Finding> findings) {
        return findings.max(Comparator.comparing(Finding::large).thenComparing(Finding::size))
                .orElseThrow();
    }

    private static List<ParameterSensitivity> unknown(SensitivityDesign design, String reason) {
        return design.effects().stream()
                .flatMap(effect -> unknown(effect, reason))
                .toList();
    }

    private static Stream<ParameterSensitivity> unknown(Effect effect, String reason) {
        return effect.coefficients().stream()
                .map(coefficient ->
                        new ParameterSensitivity(coefficient.coordinate(), Optional.empty(), false, reason));
    }

    /** The fit of mu, and those of the models. */
    private record Fits(Fit fleet, List<Fit> models, int freedom) {

        static Fits of(FirstOrderSurrogate surrogate, FleetObjective objective, List<CompletedTrial> feasible) {
            double[] mu = feasible.stream()
                    .mapToDouble(trial -> trial.outcome(objective).mu())
                    .toArray();
            List<Fit> models = objective.models().stream()
                    .map(model -> surrogate.fit(deltas(feasible, model)))
                    .toList();
            return new Fits(surrogate.fit(mu), models, surrogate.degreesOfFreedom());
        }

        private static double[] deltas(List<CompletedTrial> trials, String model) {
            return trials.stream()
                    .mapToDouble(trial -> trial.deltas().stream()
                            .filter(delta -> delta.modelId().equals(model))
                            .mapToDouble(ModelDelta::delta)
                            .findFirst()
                            .orElseThrow())
                    .toArray();
        }

        Contrast contrast(double[] weights) {
            Estimate estimate = estimate(weights);
            return new Contrast(
                    estimate.beta(),
                    estimate.standardError(),
                    estimate.varianceAcrossModels().orElse(0),
                    estimate.noiseVariance(),
                    models.size(),
                    freedom);
        }

        Estimate estimate(double[] weights) {
            double[] ownBetas =
                    models.stream().mapToDouble(fit -> fit.of(weights)).toArray();
            return new Estimate(
                    fleet.of(weights),
                    Math.sqrt(fleet.errorVariance(weights)),
                    models.size() < 2 ? OptionalDouble.empty() : OptionalDouble.of(StatUtils.variance(ownBetas)),
                    models.stream()
                            .mapToDouble(fit -> fit.errorVariance(weights))
                            .average()
                            .orElseThrow());
        }
    }
}
