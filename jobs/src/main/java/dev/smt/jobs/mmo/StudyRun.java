package dev.smt.jobs.mmo;

import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.SideBySide;
import dev.smt.jobs.run.StepResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Searches all techniques of a study, and decides on each; several side by side, so that the executors have work while one
 * search thinks. What it finds depends on neither their number nor their order.
 *
 * @param slots trainings that the executors do at once
 */
record StudyRun(
        RunContext context,
        String runId,
        MmoConfiguration configuration,
        List<TechniqueStudy> studies,
        TrialCommits commits,
        int slots) {

    StepResult run(String header) {
        try (SideBySide threads =
                new SideBySide(threads(), () -> context.spark().sparkContext().cancelJobGroup(runId))) {
            List<List<CompletedTrial>> done =
                    studies.stream().map(TechniqueStudy::completed).toList();
            StudySearch search;
            List<List<CompletedTrial>> trials;
            try (Progress.Counter progress = context.progress().count(what(), trainings(done))) {
                List<StudySearch.Entry> entries = IntStream.range(0, studies.size())
                        .mapToObj(i -> studies.get(i).entry(done.get(i), progress))
                        .flatMap(Optional::stream)
                        .toList();
                search = new StudySearch(configuration, entries);
                trials = byStudy(search.run(threads));
            }
            commits.flush();
            List<StudyDecision> decisions = decide(threads, trials);
            StudyDecision.write(context.warehouse(), decisions);
            return result(header, search, trials, decisions);
        }
    }

    private List<List<CompletedTrial>> byStudy(List<List<CompletedTrial>> searched) {
        Iterator<List<CompletedTrial>> found = searched.iterator();
        return studies.stream()
                .map(study -> study.search().isEmpty() ? List.<CompletedTrial>of() : found.next())
                .toList();
    }

    private List<StudyDecision> decide(SideBySide threads, List<List<CompletedTrial>> trials) {
        List<Callable<StudyDecision>> work = new ArrayList<>();
        for (int i = 0; i < studies.size(); i++) {
            TechniqueStudy study = studies.get(i);
            List<CompletedTrial> ofStudy = trials.get(i);
            work.add(() -> study.decide(ofStudy));
        }
        return threads.all(work);
    }

    private StepResult result(
            String header, StudySearch search, List<List<CompletedTrial>> trials, List<StudyDecision> decisions) {
        SkippedTrainings skipped = new SkippedTrainings();
        for (int i = 0; i < studies.size(); i++) {
            if (!trials.get(i).isEmpty()) {
                skipped.add(studies.get(i).work().objective(), trials.get(i));
            }
        }
        decisions.forEach(
                decision -> decision.text().forEach(line -> context.progress().say("  " + line)));
        List<String> summary = new ArrayList<>(List.of(header, skipped.text()));
        summary.addAll(search.text());
        decisions.forEach(decision -> decision.open().ifPresent(summary::add));
        summary.add("study " + commits.studyId() + ": "
                + decisions.stream()
                        .filter(decision -> decision.row().accepted())
                        .count() + " of " + decisions.size()
                + " techniques accepted");
        return new StepResult(
                summary,
                TechniqueDecisions.outputs(commits.studyId(), configuration.techniques()),
                List.of(
                        "baselines",
                        "trials",
                        "trial_models",
                        "technique_decisions",
                        "technique_evidence",
                        "model_effects"));
    }

    /**
     * As many searches as it takes to fill the slots twice, and one that thinks: the last trainings of a batch leave slots to
     * another batch.
     */
    private int threads() {
        int trainings = studies.stream()
                .mapToInt(study -> study.work().models().size() * configuration.batch())
                .filter(ofBatch -> ofBatch > 0)
                .min()
                .orElse(1);
        return Math.min(Math.max(1, studies.size()), (2 * slots + trainings - 1) / trainings + 1);
    }

    private String what() {
        return "trainings of " + studies.size() + (studies.size() == 1 ? " technique" : " techniques");
    }

    private long trainings(List<List<CompletedTrial>> done) {
        long trainings = 0;
        for (int i = 0; i < studies.size(); i++) {
            int left = Math.max(0, configuration.trials() - done.get(i).size());
            trainings += (long) left * studies.get(i).work().models().size();
        }
        return trainings;
    }
}
