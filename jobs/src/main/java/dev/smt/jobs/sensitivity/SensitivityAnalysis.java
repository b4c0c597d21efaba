package dev.smt.jobs.sensitivity;

import dev.smt.jobs.mmo.CompletedTrial;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Which parameters to standardize and which to expose (paper, section 3.3.2, Eq. 7): a linear fit of mu, and of every
 * model's own delta, over the feasible trials on the unit cube. A parameter is exposed when its effect is large or the
 * models disagree on it.
 *
 * <p>Where the feasible trials are too few for a fit, nothing is exposed, and the reason says so: exposing is a change
 * that needs evidence. The same holds for a parameter, or a level, that never varies among the feasible trials.
 */
public final class SensitivityAnalysis {
    private final SensitivityConfiguration configuration;

    public SensitivityAnalysis(SensitivityConfiguration configuration) {
        this.configuration = configuration;
    }

    /** One entry per coordinate of the unit cube, in order. */
    public List<ParameterSensitivity> of(SearchSpace space, FleetObjective objective, List<CompletedTrial> trials) {
        List<CompletedTrial> feasible = trials.stream()
                .filter(trial -> trial.outcome(objective).feasible())
                .toList();
        UnitCube cube = new UnitCube(space);
        SensitivityDesign design = new SensitivityDesign(
                space,
                feasible.stream().map(trial -> cube.encode(trial.theta())).toArray(double[][]::new));
        double[][] matrix = design.matrix();
        Optional<FirstOrderSurrogate> fleet = FirstOrderSurrogate.fit(
                matrix,
                feasible.stream()
                        .mapToDouble(trial -> trial.outcome(objective).mu())
                        .toArray());
        List<String> names = cube.coordinates();
        if (fleet.isEmpty()) {
            String reason = "feasible trials: " + feasible.size() + " of " + trials.size()
                    + "; too few, or too alike, for a linear fit in " + names.size() + " coordinates";
            return names.stream().map(name -> unknown(name, reason)).toList();
        }
        List<FirstOrderSurrogate> models = objective.models().stream()
                .map(model ->
                        FirstOrderSurrogate.fit(matrix, deltas(feasible, model)).orElseThrow())
                .toList();
        List<ParameterSensitivity> result = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            String name = names.get(k);
            result.add(design.weights(k)
                    .map(weights -> sensitivity(name, weights, fleet.get(), models))
                    .orElseGet(() -> unknown(name, "it never varies among the feasible trials")));
        }
        return result;
    }

    private ParameterSensitivity sensitivity(
            String name, double[] weights, FirstOrderSurrogate fleet, List<FirstOrderSurrogate> models) {
        double[] ofModels =
                models.stream().mapToDouble(model -> model.effect(weights)).toArray();
        double variance = ofModels.length < 2 ? 0 : StatUtils.variance(ofModels);
        return decide(name, fleet.effect(weights), fleet.standardError(weights), variance);
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

    /** The four quadrants: exposed where either is large. */
    ParameterSensitivity decide(String name, double beta, double error, double variance) {
        double deviation = Math.sqrt(variance);
        boolean strong = Math.abs(beta) >= configuration.effectCutOff();
        boolean disputed = deviation >= configuration.disagreementCutOff();
        String reason = String.format(
                Locale.ROOT,
                "|beta| %.3f %s %.3f, deviation between models %.3f %s %.3f",
                Math.abs(beta),
                strong ? ">=" : "<",
                configuration.effectCutOff(),
                deviation,
                disputed ? ">=" : "<",
                configuration.disagreementCutOff());
        return new ParameterSensitivity(
                name,
                OptionalDouble.of(beta),
                OptionalDouble.of(error),
                OptionalDouble.of(variance),
                strong || disputed,
                reason);
    }

    private static ParameterSensitivity unknown(String name, String reason) {
        OptionalDouble none = OptionalDouble.empty();
        return new ParameterSensitivity(name, none, none, none, false, reason);
    }
}
