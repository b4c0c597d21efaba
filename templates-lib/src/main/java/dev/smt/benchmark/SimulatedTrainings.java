package dev.smt.benchmark;

import dev.smt.data.Mixing;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.ParameterValuesJson;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trainings that take no time: the true delta with the noise of a real one. Half of the rows' variance is shared by all
 * trainings of the same techniques on the same model and rows, since they are evaluated on the same rows; the other half and
 * the seeds' part are each training's own. The same training again shows the same.
 *
 * @param fleet the truth
 */
public record SimulatedTrainings(BenchmarkFleet fleet) {
    /** The part of the rows' variance that all trainings share. */
    static final double SHARED = 0.5;

    /** The rows that a training is evaluated on. */
    public enum Rows {
        VALIDATION,
        /** Rows that no search has seen. */
        TEST
    }

    /** What one technique shows. */
    public ModelDelta of(
            BenchmarkTechnique technique, ParameterValues theta, BenchmarkModel model, Rows rows, int replicate) {
        return of(Map.of(technique, theta), Map.of(), model, rows, replicate);
    }

    /**
     * What several techniques show together against a baseline that has others; effects add up.
     *
     * @param with theta of every technique of the trained model
     * @param baseline theta of every technique of the baseline
     * @param replicate number of the seed
     */
    public ModelDelta of(
            Map<BenchmarkTechnique, ParameterValues> with,
            Map<BenchmarkTechnique, ParameterValues> baseline,
            BenchmarkModel model,
            Rows rows,
            int replicate) {
        String names = names(with) + "/" + names(baseline) + "/" + model.id() + "/";
        String training = thetas(with) + "/" + thetas(baseline) + "/" + model.id() + "/" + replicate + "/";
        if (Mixing.unit(state("failure/" + training), 0) < model.failureRate()) {
            return ModelDelta.failure(model.id());
        }
        double shared = Math.sqrt(SHARED) * normal("shared/" + names + rows);
        double own = Math.sqrt(1 - SHARED) * normal("own/" + training + rows);
        double seeds = fleet.shape().seedRatio() * normal("seed/" + training);
        double delta = effect(with, model) - effect(baseline, model);
        return new ModelDelta(model.id(), false, delta + model.rowError() * (shared + own + seeds), model.rowError());
    }

    /** The true effect of several techniques on a model, in percent NE. */
    public static double effect(Map<BenchmarkTechnique, ParameterValues> techniques, BenchmarkModel model) {
        // In the order of the names: the sum of the same numbers in another order differs in its last bits.
        return techniques.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().name()))
                .mapToDouble(entry -> entry.getKey().surface().delta(entry.getValue(), model))
                .sum();
    }

    private static String names(Map<BenchmarkTechnique, ParameterValues> techniques) {
        return techniques.keySet().stream()
                .map(BenchmarkTechnique::name)
                .sorted()
                .toList()
                .toString();
    }

    private static String thetas(Map<BenchmarkTechnique, ParameterValues> techniques) {
        Map<String, String> byName = new TreeMap<>();
        techniques.forEach((technique, theta) ->
                byName.put(technique.name(), ParameterValuesJson.write(technique.searchSpace(), theta)));
        return byName.toString();
    }

    private long state(String what) {
        return Mixing.seed(fleet.seed(), what);
    }

    /** A standard normal number (Box and Muller 1958). */
    private double normal(String what) {
        long state = state(what);
        double radius = Math.sqrt(-2 * Math.log(1 - Mixing.unit(state, 0)));
        return radius * Math.cos(2 * Math.PI * Mixing.unit(state, 1));
    }
}
