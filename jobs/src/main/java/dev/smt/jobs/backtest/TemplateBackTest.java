package dev.smt.jobs.backtest;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.integration.TechniqueStack;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.StudyModels;
import dev.smt.metric.FleetObjective;
import dev.smt.template.Template;
import dev.smt.template.TemplateJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** The back-test of one template's new version; where it fails, the version without the techniques that are to blame. */
final class TemplateBackTest {
    /** Publishes the next version of a template, whose parent is the one that was tested. */
    interface Publisher {
        TemplateVersionRow publish(Template template, TemplateVersionRow parent, Map<String, String> techniques);
    }

    /** Keeps what the models of the version as it is showed, beyond the rows of the back-test. */
    interface Keeper {
        void keep(int version, List<FleetModel> models, List<PairedResult> results);
    }

    private final String runId;
    private final String studyId;
    private final BackTestConfiguration configuration;
    private final MmoConfiguration study;
    private final Publisher publisher;
    private final Keeper keeper;
    private final Progress progress;

    TemplateBackTest(
            String runId,
            String studyId,
            BackTestConfiguration configuration,
            MmoConfiguration study,
            Publisher publisher,
            Keeper keeper,
            Progress progress) {
        this.runId = runId;
        this.studyId = studyId;
        this.configuration = configuration;
        this.study = study;
        this.publisher = publisher;
        this.keeper = keeper;
        this.progress = progress;
    }

    /**
     * Tests a version, and publishes another one where leaving techniques out mends it.
     *
     * @param base the version that {@code next} was made from
     * @param added the techniques of {@code next}
     * @param singleGains each technique's gain alone, percent NE
     */
    BackTestOutcome of(
            TemplateVersionRow base,
            TemplateVersionRow next,
            NewTechniques added,
            Map<String, Double> singleGains,
            VersionTrials trials) {
        if (trials.models().isEmpty()) {
            return new BackTestOutcome(
                    base.version(),
                    List.of(),
                    List.of(),
                    List.of(named(next) + " is not tested and not rolled out: no model of the back-test uses the"
                            + " template"));
        }
        Tested tested = new Tested(next, added, singleGains, trials);
        BackTestVerdict whole = tested.test(List.of(Set.of())).get(0);
        List<String> summary = new ArrayList<>();
        summary.add(named(next) + " on " + trials.models().size() + " models: " + whole.text());
        OptionalInt shipped = whole.passed()
                ? OptionalInt.of(next.version())
                : mended(base, next, added, tested, summary)
                        .map(row -> OptionalInt.of(row.version()))
                        .orElse(OptionalInt.empty());
        if (shipped.isEmpty()) {
            summary.add(base.template() + " stays at version " + base.version());
        }
        return new BackTestOutcome(
                shipped.orElse(base.version()), tested.rows.models(), tested.rows.verdicts(shipped), summary);
    }

    /** The version without the culprits, published; empty where there is none. */
    private Optional<TemplateVersionRow> mended(
            TemplateVersionRow base,
            TemplateVersionRow next,
            NewTechniques added,
            Tested tested,
            List<String> summary) {
        if (added.names().size() < 2) {
            summary.add(named(next) + " has 1 new technique, so there is none to leave out");
            return Optional.empty();
        }
        if (!added.make(next)) {
            summary.add("no technique of " + named(next)
                    + " was left out to find the culprit: the study's tables have changed since it was integrated; run"
                    + " integrate again");
            return Optional.empty();
        }
        int models = tested.trials.models().size();
        progress.say("  " + named(next) + " failed; leaving out each of its "
                + added.names().size()
                + " techniques in turn, at most "
                + LeaveOneOut.mostVersions(added.names().size()) + " versions x "
                + models + " models");
        LeaveOneOut.Finding finding = LeaveOneOut.search(added.names(), tested);
        summary.add(
                "leave-one-out of " + named(next) + ": " + finding.attempts().size() + " versions x " + models
                        + " models = " + finding.attempts().size() * models + " trainings");
        if (finding.chosen().isEmpty()) {
            summary.add("no technique is left out: no version with fewer techniques passed");
            return Optional.empty();
        }
        LeaveOneOut.Attempt chosen = finding.chosen().get();
        tested.rows.chose(chosen.leftOut());
        return Optional.of(publish(base, next, added, chosen, summary));
    }

    private TemplateVersionRow publish(
            TemplateVersionRow base,
            TemplateVersionRow next,
            NewTechniques added,
            LeaveOneOut.Attempt chosen,
            List<String> summary) {
        TechniqueStack stack = added.without(chosen.leftOut());
        TemplateVersionRow row =
                publisher.publish(stack.template(), next, stack.techniques(RunJson.texts(base.techniques())));
        String culprits = String.join(", ", chosen.leftOut());
        summary.add("left out: " + culprits + "; without " + (chosen.leftOut().size() == 1 ? "it: " : "them: ")
                + chosen.verdict().text());
        summary.add(named(row) + " published with " + String.join(", ", stack.names()) + ", without " + culprits);
        return row;
    }

    private static String named(TemplateVersionRow row) {
        return row.template() + " version " + row.version();
    }

    /** Trains versions, judges them and keeps the rows. */
    private final class Tested implements LeaveOneOut.Variants {
        private final NewTechniques added;
        private final TemplateVersionRow next;
        private final Map<String, Double> singleGains;
        private final VersionTrials trials;
        private final FleetObjective objective;
        private final BackTestRows rows;

        Tested(TemplateVersionRow next, NewTechniques added, Map<String, Double> singleGains, VersionTrials trials) {
            this.added = added;
            this.next = next;
            this.singleGains = singleGains;
            this.trials = trials;
            this.objective = StudyModels.objective(trials.models(), study.alpha(), study.epsilon(), study.tau());
            this.rows = new BackTestRows(runId, studyId, next, added.names(), objective);
        }

        @Override
        public Set<String> missing(Set<String> leftOut) {
            return added.missing(leftOut);
        }

        @Override
        public List<BackTestVerdict> test(List<Set<String>> leftOut) {
            if (!leftOut.contains(Set.of())) {
                progress.say("  leave-one-out: " + leftOut.size() + " versions x "
                        + trials.models().size() + " models = "
                        + leftOut.size() * trials.models().size() + " trainings; left out: "
                        + String.join(
                                " | ",
                                leftOut.stream()
                                        .map(names -> String.join(", ", names))
                                        .toList()));
            }
            List<List<PairedResult>> results = trials.evaluate(leftOut.stream()
                    .map(names -> names.isEmpty()
                            ? TemplateJson.read(next.spec())
                            : added.without(names).template())
                    .toList());
            List<BackTestVerdict> verdicts = new ArrayList<>();
            for (int i = 0; i < leftOut.size(); i++) {
                verdicts.add(judge(leftOut.get(i), results.get(i)));
            }
            return verdicts;
        }

        private BackTestVerdict judge(Set<String> leftOut, List<PairedResult> results) {
            if (leftOut.isEmpty()) {
                keeper.keep(next.version(), trials.models(), results);
            }
            Set<String> kept = new TreeSet<>(added.names());
            kept.removeAll(leftOut);
            BackTestVerdict verdict = BackTestVerdict.of(
                    objective,
                    results.stream().map(PairedResult::delta).toList(),
                    kept.stream().mapToDouble(singleGains::get).sum(),
                    configuration.gainShare());
            rows.add(leftOut, results, verdict);
            return verdict;
        }
    }
}
