package dev.smt.decision;

import dev.smt.bayes.CompleteTrial;
import dev.smt.bayes.FleetOptimizer;
import dev.smt.bayes.OptimizerSettings;
import dev.smt.bayes.SurrogateException;
import dev.smt.bayes.ThetaStar;
import dev.smt.metric.ModelDelta;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One decision of a study on a technique whose effect is known: the same search, choice of theta* and rules as for a real
 * one.
 *
 * @param paper whether the paper's rule accepts: the largest observed aggregate delta
 * @param posterior whether the observed deltas do at the posterior's theta*
 * @param evidence the probability rule's, after as many fresh replicates as it took
 */
public record PlannedDecision(boolean paper, boolean posterior, Evidence evidence) {
    private static final SearchSpace SPACE =
            SearchSpace.of(new Parameter.Real("planned.a", 0, 1, false), new Parameter.Real("planned.b", 0, 1, false));

    /** Runs the search and decides; the same again for the same source and seed. */
    public static PlannedDecision of(StudyDesign design, DeltaSource source, long seed) {
        FleetOptimizer optimizer = new FleetOptimizer(
                SPACE, design.objective(), OptimizerSettings.of(SPACE).withInitialTrials(design.initialTrials()), seed);
        List<CompleteTrial> trials = new ArrayList<>();
        List<List<ModelDelta>> deltas = new ArrayList<>();
        for (int number = 0; number < design.trials(); number++) {
            ParameterValues theta = optimizer.ask(1, List.of()).get(0).theta();
            deltas.add(source.trial(number));
            optimizer.tell(theta, deltas.get(number));
            trials.add(new CompleteTrial(theta, design.objective().outcome(deltas.get(number))));
        }
        ThetaStar paper = ThetaStar.of(design.objective(), trials);
        Optional<ThetaStar> posterior = posterior(design, optimizer, trials);
        ParameterValues chosen = posterior.orElse(paper).trial().orElseThrow().theta();
        int at = trials.stream().map(CompleteTrial::theta).toList().indexOf(chosen);
        return new PlannedDecision(
                paper.accepted(),
                posterior.orElse(paper).accepted(),
                design.rule().decide(deltas.get(at), design.replicates(), source::replicate));
    }

    private static Optional<ThetaStar> posterior(
            StudyDesign design, FleetOptimizer optimizer, List<CompleteTrial> trials) {
        if (trials.size() < 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(ThetaStar.posterior(design.objective(), trials, optimizer.beliefs()));
        } catch (SurrogateException unfit) {
            return Optional.empty();
        }
    }
}
