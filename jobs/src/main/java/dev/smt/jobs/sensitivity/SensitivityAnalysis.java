package dev.smt.jobs.sensitivity;

import dev.smt.jobs.mmo.CompletedTrial;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Which parameters to standardize and which to expose (paper, section 3.3.2, Eq. 7): a linear fit of mu, and of every
 * model's own delta, over the feasible trials on the unit cube. A parameter is exposed when its effect is large or the
 * models disagree on it.
 *
 * <p>A categorical parameter's coefficients are relative to the mean of its levels: its one-hot coordinates sum to 1, so
 * the fit leaves its last level out, and the coefficients are centred afterwards. Where the feasible trials are too few
 * for a fit, nothing is exposed, and the reason says so: exposing is a change that needs evidence.
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
        List<String> names = cube.coordinates();
        Design design = new Design(space, names);
        double[][] points = feasible.stream()
                .map(trial -> design.reduced(cube.encode(trial.theta())))
                .toArray(double[][]::new);
        Optional<FirstOrderSurrogate> fleet = FirstOrderSurrogate.fit(
                points,
                feasible.stream()
                        .mapToDouble(trial -> trial.outcome(objective).mu())
                        .toArray());
        if (fleet.isEmpty()) {
            String reason = feasible.size() + " feasible trials of " + trials.size()
                    + " are too few, or too alike, for " + (design.size() + 1) + " coefficients";
            return names.stream().map(name -> unknown(name, reason)).toList();
        }
        double[] betas = design.expanded(fleet.get().coefficients());
        double[] errors = design.expandedErrors(fleet.get().standardErrors());
        double[][] ofModels = objective.models().stream()
                .map(model -> design.expanded(FirstOrderSurrogate.fit(points, deltas(feasible, model))
                        .orElseThrow()
                        .coefficients()))
                .toArray(double[][]::new);
        List<ParameterSensitivity> result = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            int coordinate = k;
            double[] across = IntStream.range(0, ofModels.length)
                    .mapToDouble(model -> ofModels[model][coordinate])
                    .toArray();
            result.add(decide(names.get(k), betas[k], errors[k], across.length < 2 ? 0 : StatUtils.variance(across)));
        }
        return result;
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
                Double.isFinite(error) ? OptionalDouble.of(error) : OptionalDouble.empty(),
                OptionalDouble.of(variance),
                strong || disputed,
                reason);
    }

    private static ParameterSensitivity unknown(String name, String reason) {
        OptionalDouble none = OptionalDouble.empty();
        return new ParameterSensitivity(name, none, none, none, false, reason);
    }

    /** Which coordinates enter the fit, and which belong to one categorical parameter. */
    private static final class Design {
        /** Per coordinate the first coordinate of its categorical parameter, or -1. */
        private final int[] group;

        private final int[] kept;

        Design(SearchSpace space, List<String> names) {
            group = new int[names.size()];
            List<Integer> keptList = new ArrayList<>();
            for (int k = 0; k < group.length; k++) {
                group[k] = firstLevel(space, names, k);
                boolean lastLevel =
                        group[k] >= 0 && (k + 1 == group.length || firstLevel(space, names, k + 1) != group[k]);
                if (!lastLevel) {
                    keptList.add(k);
                }
            }
            kept = keptList.stream().mapToInt(Integer::intValue).toArray();
        }

        private static int firstLevel(SearchSpace space, List<String> names, int coordinate) {
            for (Parameter parameter : space.parameters()) {
                if (parameter instanceof Parameter.Categorical categorical
                        && categorical.levels().stream()
                                .anyMatch(level -> names.get(coordinate).equals(categorical.name() + "=" + level))) {
                    return names.indexOf(
                            categorical.name() + "=" + categorical.levels().get(0));
                }
            }
            return -1;
        }

        int size() {
            return kept.length;
        }

        double[] reduced(double[] point) {
            return IntStream.of(kept).mapToDouble(k -> point[k]).toArray();
        }

        double[] expanded(double[] coefficients) {
            double[] all = new double[group.length];
            for (int i = 0; i < kept.length; i++) {
                all[kept[i]] = coefficients[i];
            }
            for (int k = 0; k < all.length; k++) {
                if (group[k] == k) {
                    centre(all, k);
                }
            }
            return all;
        }

        private void centre(double[] all, int first) {
            int levels = (int) IntStream.of(group).filter(of -> of == first).count();
            double mean = 0;
            for (int k = first; k < first + levels; k++) {
                mean += all[k] / levels;
            }
            for (int k = first; k < first + levels; k++) {
                all[k] -= mean;
            }
        }

        /** A level that the fit left out has no error of its own. */
        double[] expandedErrors(double[] errors) {
            double[] all = new double[group.length];
            Arrays.fill(all, Double.NaN);
            for (int i = 0; i < kept.length; i++) {
                all[kept[i]] = errors[i];
            }
            return all;
        }
    }
}
