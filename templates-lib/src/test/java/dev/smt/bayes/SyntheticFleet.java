package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;

/** A fleet of which everything is known: what a trial truly does to each model, and the best feasible theta's A*. */
final class SyntheticFleet {
    private final String name;
    private final FleetObjective objective;
    private final DeltaFunctions functions;
    private final Truth truth;
    private final SearchSpace space;
    private final UnitCube cube;

    /**
     * What was found out about a fleet.
     *
     * @param optimum A*, in percent NE
     * @param unconstrained the largest mu of any theta that completes, in percent NE
     * @param feasibleShare share of the space that is feasible
     */
    record Truth(double optimum, double unconstrained, double feasibleShare) {}

    SyntheticFleet(String name, int dimension, FleetObjective objective, DeltaFunctions functions, Truth truth) {
        this.name = name;
        this.objective = objective;
        this.functions = functions;
        this.truth = truth;
        this.space = new SearchSpace(IntStream.range(0, dimension)
                .<Parameter>mapToObj(j -> new Parameter.Real("t.x" + j, 0, 1, false))
                .toList());
        this.cube = new UnitCube(space);
    }

    String name() {
        return name;
    }

    FleetObjective objective() {
        return objective;
    }

    SearchSpace space() {
        return space;
    }

    Truth truth() {
        return truth;
    }

    /** What a trial is worth without noise. */
    FleetOutcome outcome(ParameterValues theta) {
        return objective.outcome(deltas(theta, 0, null));
    }

    /** What a trial says: every delta with independent noise of that standard error (percent NE), which is told too. */
    List<ModelDelta> measured(ParameterValues theta, double noise, RandomGenerator random) {
        return deltas(theta, noise, random);
    }

    private List<ModelDelta> deltas(ParameterValues theta, double noise, RandomGenerator random) {
        List<String> models = objective.models();
        double[] values = new double[models.size()];
        functions.at(cube.encode(theta), values);
        List<ModelDelta> deltas = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            double error = noise == 0 ? 0 : noise * random.nextGaussian();
            deltas.add(
                    Double.isNaN(values[i])
                            ? ModelDelta.failure(models.get(i))
                            : new ModelDelta(models.get(i), false, values[i] + error, noise));
        }
        return deltas;
    }
}
