package dev.smt.jobs.benchmark;

import dev.smt.benchmark.BenchmarkFleet;
import dev.smt.benchmark.BenchmarkModel;
import dev.smt.benchmark.BenchmarkTechnique;
import dev.smt.benchmark.SimulatedTrainings;
import dev.smt.benchmark.SimulatedTrainings.Rows;
import dev.smt.decision.Evidence;
import dev.smt.decision.ProbabilityRule;
import dev.smt.jobs.mmo.CapacityLimit;
import dev.smt.jobs.mmo.CompletedTrial;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.mmo.PlannedTrial;
import dev.smt.jobs.mmo.RegressionRule;
import dev.smt.jobs.mmo.TechniqueDecider;
import dev.smt.jobs.mmo.TechniqueSearch;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import dev.smt.search.ParameterValues;
import dev.smt.search.ParameterValuesJson;
import java.util.ArrayList;
import java.util.List;

/**
 * The step {@code mmo} on a benchmark fleet: the same search, the same choice of theta* and the same rules, with simulated
 * trainings. Effects add up, so a technique's delta is the same whatever the template has already.
 */
final class SyntheticStudy {
    private static final String NO_ID = "";

    private final SimulatedTrainings trainings;
    private final MmoConfiguration configuration;
    private final FleetObjective objective;
    private final List<BenchmarkModel> representatives;

    SyntheticStudy(BenchmarkFleet fleet, MmoConfiguration configuration, List<String> representatives) {
        this.trainings = new SimulatedTrainings(fleet);
        this.configuration = configuration;
        this.objective = fleet.objective(representatives);
        this.representatives = representatives.stream().map(fleet::model).toList();
    }

    /** Searches and decides. */
    StudiedTechnique of(BenchmarkTechnique technique) {
        SyntheticTechnique seen = new SyntheticTechnique(technique);
        TechniqueSearch search = new TechniqueSearch(seen, objective, configuration, List.of(), theta -> true);
        List<CompletedTrial> trials =
                search.run(List.of(), (first, batch, seconds) -> evaluated(technique, first, batch));
        TechniqueDecisionRow decision = new TechniqueDecider(objective, CapacityLimit.NONE, configuration.thetaRule())
                .decide(NO_ID, NO_ID, seen, trials, search.beliefs(trials));
        ParameterValues thetaStar = ParameterValuesJson.read(
                technique.searchSpace(), decision.thetaStar().orElseThrow());
        long searched = (long) trials.size() * representatives.size();
        if (configuration.regressionRule() == RegressionRule.PAPER) {
            double gain = decision.muStar().orElse(0);
            return new StudiedTechnique(technique, thetaStar, decision.reason(), gain, searched);
        }
        CompletedTrial at = trials.stream()
                .filter(trial -> trial.theta().equals(thetaStar))
                .findFirst()
                .orElseThrow();
        return replicated(technique, at, searched);
    }

    /** The probability rule, with fresh replicates of theta* until the verdict is clear. */
    private StudiedTechnique replicated(BenchmarkTechnique technique, CompletedTrial at, long searched) {
        List<List<ModelDelta>> fresh = new ArrayList<>();
        Evidence evidence = new ProbabilityRule(objective, configuration.certainty())
                .decide(at.deltas(), configuration.replicates(), number -> {
                    fresh.add(deltas(technique, at.theta(), number));
                    return fresh.get(fresh.size() - 1);
                });
        double gain = fresh.stream()
                .mapToDouble(deltas -> objective.outcome(deltas).mu())
                .filter(Double::isFinite)
                .average()
                .orElse(0);
        return new StudiedTechnique(
                technique,
                at.theta(),
                evidence.verdict().name(),
                gain,
                searched + (long) fresh.size() * representatives.size());
    }

    private List<CompletedTrial> evaluated(BenchmarkTechnique technique, int first, List<PlannedTrial> batch) {
        List<CompletedTrial> trials = new ArrayList<>();
        for (PlannedTrial planned : batch) {
            ParameterValues theta = planned.suggestion().theta();
            trials.add(new CompletedTrial(first + trials.size(), theta, deltas(technique, theta, 0), 1));
        }
        return trials;
    }

    private List<ModelDelta> deltas(BenchmarkTechnique technique, ParameterValues theta, int replicate) {
        return representatives.stream()
                .map(model -> trainings.of(technique, theta, model, Rows.VALIDATION, replicate))
                .toList();
    }
}
