package dev.smt.jobs.mmo;

import dev.smt.bayes.EarlierTrial;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.Baselines;
import dev.smt.search.ParameterValuesJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One technique of the study.
 *
 * @param search its search; none where it fits no model
 */
record TechniqueStudy(
        TechniqueWork work, Baselines trainer, Map<String, Baseline> baselines, Optional<TechniqueSearch> search) {
    /** @param baselines of the search, by model */
    static TechniqueStudy of(TechniqueWork work, Baselines trainer, Map<String, Baseline> baselines) {
        Optional<TechniqueSearch> search = work.models().isEmpty()
                ? Optional.empty()
                : Optional.of(new TechniqueSearch(
                        work.technique(),
                        work.objective(),
                        work.configuration(),
                        earlier(work),
                        theta -> work.affords(theta, baselines)));
        return new TechniqueStudy(work, trainer, baselines, search);
    }

    private static List<EarlierTrial> earlier(TechniqueWork work) {
        if (!work.configuration().warmStart()) {
            return List.of();
        }
        List<EarlierTrial> earlier =
                work.ledger().earlier(work.technique().name(), work.technique().searchSpace());
        if (!earlier.isEmpty()) {
            work.context()
                    .progress()
                    .say("  " + work.technique().name() + " learns from " + earlier.size()
                            + " trials of earlier studies: "
                            + earlier.stream()
                                    .map(EarlierTrial::study)
                                    .distinct()
                                    .collect(Collectors.joining(", ")));
        }
        return earlier;
    }

    /** The trials of its search that are done. */
    List<CompletedTrial> completed() {
        return search.isEmpty()
                ? List.of()
                : work.ledger()
                        .completed(work.technique().name(), work.technique().searchSpace());
    }

    /** Its search, from the trials that are done. */
    Optional<StudySearch.Entry> entry(List<CompletedTrial> done, Progress.Counter progress) {
        return search.map(found -> new StudySearch.Entry(
                work.technique().name(), found, done, new TrialBatches(work, baselines, progress)));
    }

    /** @param trials of its search, none where there is no search */
    StudyDecision decide(List<CompletedTrial> trials) {
        String studyId = work.ledger().studyId();
        if (search.isEmpty()) {
            return StudyDecision.without(TechniqueDecider.noFittingModel(
                    work.runId(), studyId, work.technique().name()));
        }
        MmoConfiguration configuration = work.configuration();
        StudyBeliefs beliefs = search.get().beliefs(trials);
        RunContext context = work.context();
        beliefs.missing().ifPresent(why -> context.progress()
                .say("  " + work.technique().name() + ": there is no posterior (" + why
                        + "), so the paper's rule decides on theta*"));
        TechniqueDecisionRow byDeltas = new TechniqueDecider(
                        work.objective(), work.capacity(), configuration.thetaRule())
                .decide(work.runId(), studyId, work.technique(), trials, beliefs);
        CompletedTrial theta = at(byDeltas, trials);
        boolean replicated = byDeltas.accepted() || configuration.regressionRule() == RegressionRule.PROBABILITY;
        Optional<TechniqueEvidence> evidence =
                new Replication(work, trainer).of(theta, work.isSampled() && replicated ? 1 : 0);
        TechniqueDecisionRow decided = evidence.map(TechniqueEvidence::fresh)
                .filter(fresh -> work.isSampled() && !fresh.isEmpty())
                .map(fresh -> AllRows.decide(work, byDeltas, theta, fresh))
                .orElse(byDeltas);
        boolean byProbability = configuration.regressionRule() == RegressionRule.PROBABILITY
                && !byDeltas.reason().equals(TechniqueDecider.OVER_CAPACITY);
        return new StudyDecision(
                byProbability ? byProbability(decided, evidence.orElseThrow()) : decided,
                configuration.regressionRule(),
                evidence,
                work.isSampled()
                        ? Optional.of(
                                AllRows.text(byDeltas, work.trials().sample().share(), decided != byDeltas))
                        : Optional.empty());
    }

    private static TechniqueDecisionRow byProbability(TechniqueDecisionRow decision, TechniqueEvidence found) {
        String verdict = found.evidence().verdict().name();
        return decision.decided(found.accepted(), verdict);
    }

    private CompletedTrial at(TechniqueDecisionRow decision, List<CompletedTrial> trials) {
        return trials.stream()
                .filter(trial -> decision.thetaStar()
                        .equals(Optional.of(
                                ParameterValuesJson.write(work.technique().searchSpace(), trial.theta()))))
                .findFirst()
                .orElseThrow();
    }
}
