package dev.smt.jobs.cli;

import dev.smt.jobs.backtest.BackTestConfiguration;
import dev.smt.jobs.backtest.BackTestStep;
import dev.smt.jobs.config.ConfigSection;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.executor.ExecutorSettings;
import dev.smt.jobs.generate.GenerateConfiguration;
import dev.smt.jobs.holdout.HoldoutStep;
import dev.smt.jobs.importance.ImportanceConfiguration;
import dev.smt.jobs.importance.ImportanceStep;
import dev.smt.jobs.ingest.IngestConfiguration;
import dev.smt.jobs.ingest.IngestStep;
import dev.smt.jobs.integration.IntegrationConfiguration;
import dev.smt.jobs.integration.IntegrationStep;
import dev.smt.jobs.iteration.IterationConfiguration;
import dev.smt.jobs.iteration.IterationStep;
import dev.smt.jobs.mmo.LedgerConfiguration;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.mmo.MmoStep;
import dev.smt.jobs.representative.RepresentativesConfiguration;
import dev.smt.jobs.representative.RepresentativesStep;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.sensitivity.SensitivityConfiguration;
import dev.smt.jobs.sensitivity.SensitivityStep;
import dev.smt.jobs.study.CyclesConfiguration;
import dev.smt.jobs.trial.EvaluationConfiguration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A whole configuration, checked.
 *
 * @param warehouse folder of the result tables
 * @param data folder of the raw data; the generated world is written there
 * @param world what {@code generate} makes
 * @param spark further Spark settings
 * @param ingest rows, pipelines, the fleet and the bands of the templates
 * @param representatives how they are chosen
 * @param importance how it is measured
 * @param mmo how a study searches and decides
 * @param backTest how new versions are tested
 * @param iteration how models are rebuilt
 * @param evaluation on which rows
 * @param cycles of a study
 * @param cycle number of the cycle
 * @param steps the steps of a cycle, in order
 */
record Settings(
        String warehouse,
        String data,
        GenerateConfiguration world,
        Map<String, String> spark,
        IngestConfiguration ingest,
        RepresentativesConfiguration representatives,
        ImportanceConfiguration importance,
        MmoConfiguration mmo,
        BackTestConfiguration backTest,
        IterationConfiguration iteration,
        EvaluationConfiguration evaluation,
        CyclesConfiguration cycles,
        int cycle,
        List<Step> steps) {
    static Settings of(SmtConfiguration configuration) {
        return configuration.read(Settings::read);
    }

    static Settings read(ConfigSection root) {
        MmoConfiguration mmo = MmoConfiguration.read(root.section("mmo"));
        IngestConfiguration ingest = IngestConfiguration.read(root);
        EvaluationConfiguration evaluation = EvaluationConfiguration.read(root.section("evaluation"), ingest.input());
        IterationConfiguration iteration = IterationConfiguration.read(root.section("iterate"));
        RepresentativesConfiguration representatives =
                RepresentativesConfiguration.read(root.section("representatives"));
        ImportanceConfiguration importance = ImportanceConfiguration.read(root.section("importance"));
        BackTestConfiguration backTest = BackTestConfiguration.read(root.section("back-test"));
        int cycle = root.section("cycle").integer("number", 1, value -> value >= 1, "1 or more");
        return new Settings(
                root.string("warehouse"),
                root.string("data", "."),
                GenerateConfiguration.read(root.section("generate")),
                spark(root),
                ingest,
                representatives,
                importance,
                mmo,
                backTest,
                iteration,
                evaluation,
                CyclesConfiguration.read(root.section("study")),
                cycle,
                List.of(
                        new IngestStep(ingest),
                        new RepresentativesStep(representatives),
                        new ImportanceStep(importance),
                        new MmoStep(mmo, LedgerConfiguration.read(root.section("ledger"))),
                        new HoldoutStep(mmo),
                        new SensitivityStep(SensitivityConfiguration.read(root.section("sensitivity")), mmo),
                        new IntegrationStep(IntegrationConfiguration.read(root.section("integrate"))),
                        new BackTestStep(backTest, mmo, evaluation),
                        new IterationStep(iteration, mmo, cycle, evaluation)));
    }

    /** What the executors are told, and the user's own settings, which win. */
    private static Map<String, String> spark(ConfigSection root) {
        Map<String, String> settings =
                new TreeMap<>(ExecutorSettings.read(root.section("executors")).spark());
        settings.putAll(root.flatStrings("spark"));
        return settings;
    }

    Step step(String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
