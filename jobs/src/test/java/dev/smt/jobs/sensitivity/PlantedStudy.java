package dev.smt.jobs.sensitivity;

import dev.smt.jobs.mmo.CompletedTrial;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;

/** Trials whose deltas follow a law that the test knows: {@code 1 + law(theta, model) + noise}, all of them feasible. */
final class PlantedStudy {
    private static final double FAR_FROM_REGRESSION = 1;

    private final SearchSpace space;
    private final FleetObjective objective;

    PlantedStudy(SearchSpace space, double... weights) {
        this.space = space;
        Map<String, Double> byModel = new LinkedHashMap<>();
        for (int model = 0; model < weights.length; model++) {
            byModel.put("model-" + model, weights[model]);
        }
        this.objective = new FleetObjective(0.05, 0.1, 0.05, byModel);
    }

    FleetObjective objective() {
        return objective;
    }

    /** @param law of theta and the model's number, percent NE */
    List<CompletedTrial> trials(int count, double noise, long seed, ToDoubleBiFunction<ParameterValues, Integer> law) {
        Random random = new Random(seed);
        UnitCube cube = new UnitCube(space);
        List<CompletedTrial> trials = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            ParameterValues theta =
                    cube.atQuantiles(random.doubles(cube.freeParameters()).toArray());
            trials.add(trial(number, theta, noise, random, law));
        }
        return trials;
    }

    private CompletedTrial trial(
            int number,
            ParameterValues theta,
            double noise,
            Random random,
            ToDoubleBiFunction<ParameterValues, Integer> law) {
        List<ModelDelta> deltas = new ArrayList<>();
        for (int model = 0; model < objective.models().size(); model++) {
            double delta = FAR_FROM_REGRESSION + law.applyAsDouble(theta, model) + noise * random.nextGaussian();
            deltas.add(new ModelDelta(objective.models().get(model), false, delta, noise));
        }
        return new CompletedTrial(number, theta, deltas, 1);
    }

    List<ParameterSensitivity> analysed(SensitivityConfiguration configuration, List<CompletedTrial> trials) {
        return new SensitivityAnalysis(configuration).of(space, objective, trials);
    }
}
