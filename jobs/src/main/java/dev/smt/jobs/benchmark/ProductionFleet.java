package dev.smt.jobs.benchmark;

import dev.smt.benchmark.BenchmarkFleet;
import dev.smt.benchmark.BenchmarkModel;
import dev.smt.benchmark.BenchmarkTechnique;
import dev.smt.benchmark.SimulatedTrainings;
import dev.smt.benchmark.SimulatedTrainings.Rows;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import java.util.HashMap;
import java.util.Map;

/**
 * What every model of the fleet runs. A model that is rebuilt from a template ships when it does not regress against what it
 * runs (paper, section 3.2), measured on rows and with a seed of its own.
 */
final class ProductionFleet {
    private final BenchmarkFleet fleet;
    private final Map<String, Map<BenchmarkTechnique, ParameterValues>> running = new HashMap<>();

    ProductionFleet(BenchmarkFleet fleet) {
        this.fleet = fleet;
        fleet.models().forEach(model -> running.put(model.id(), Map.of()));
    }

    /**
     * What a rebuild of all models did.
     *
     * @param shipped models that run the new version now
     * @param regressed of them those that truly lose more than alpha by it
     * @param pairs techniques that a shipped model did not have before, over all models
     * @param gain mean true gain over all models by it, in percent NE
     */
    record Rollout(int shipped, int regressed, long pairs, double gain) {}

    /** Rebuilds all models. */
    Rollout ship(Map<BenchmarkTechnique, ParameterValues> version, int cycle) {
        SimulatedTrainings trainings = new SimulatedTrainings(fleet);
        FleetObjective objective = fleet.objective();
        int shipped = 0;
        int regressed = 0;
        long pairs = 0;
        double gain = 0;
        for (BenchmarkModel model : fleet.models()) {
            Map<BenchmarkTechnique, ParameterValues> now = running.get(model.id());
            ModelDelta measured = trainings.of(version, now, model, Rows.TEST, cycle);
            if (!version.equals(now) && !objective.regresses(measured)) {
                double truly = SyntheticVersion.gain(model, version, now);
                shipped++;
                regressed += truly < -objective.alpha() ? 1 : 0;
                pairs += version.keySet().stream()
                        .filter(technique -> !now.containsKey(technique))
                        .count();
                gain += truly;
                running.put(model.id(), version);
            }
        }
        return new Rollout(shipped, regressed, pairs, gain / fleet.models().size());
    }
}
