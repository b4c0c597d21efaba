package dev.smt.decision;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;

/** Fleets of which the true effects are known. */
final class Fleets {
    private Fleets() {}

    static FleetObjective objective(int models, double epsilon) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int i = 0; i < models; i++) {
            weights.put("m" + i, 1.0);
        }
        return new FleetObjective(0.05, epsilon, 0.05, weights);
    }

    /** Replicates of true effects: row noise is the same in all fresh replicates, seed noise is not. */
    static List<ModelReplicates> replicates(
            double[] effects, double rowError, double seedDeviation, int fresh, RandomGenerator random) {
        List<ModelReplicates> models = new ArrayList<>();
        for (int i = 0; i < effects.length; i++) {
            String id = "m" + i;
            double measured = effects[i] + rowError * random.nextGaussian();
            List<ModelDelta> deltas = new ArrayList<>();
            for (int k = 0; k <= fresh; k++) {
                deltas.add(new ModelDelta(id, false, measured + seedDeviation * random.nextGaussian(), rowError));
            }
            models.add(new ModelReplicates(id, Optional.of(deltas.get(0)), deltas.subList(1, deltas.size())));
        }
        return models;
    }
}
