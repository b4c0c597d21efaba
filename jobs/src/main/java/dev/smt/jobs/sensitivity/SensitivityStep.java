package dev.smt.jobs.sensitivity;

import dev.smt.bayes.FleetOptimizer;
import dev.smt.bayes.SobolIndices;
import dev.smt.jobs.mmo.CompletedTrial;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.mmo.TechniqueDecisions;
import dev.smt.jobs.mmo.TrialLedger;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.sensitivity.ParameterSensitivity.Estimate;
import dev.smt.jobs.table.ParameterSensitivityRow;
import dev.smt.jobs.table.SurrogateSliceRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.StudyModels;
import dev.smt.metric.FleetObjective;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The step {@code sensitivity}: Eq. 7 and Sobol indices on the trials of every technique of the study; trains nothing. */
public final class SensitivityStep implements Step {
    private final SensitivityConfiguration configuration;
    private final MmoConfiguration study;

    public SensitivityStep(SensitivityConfiguration configuration, MmoConfiguration study) {
        this.configuration = configuration;
        this.study = study;
    }

    @Override
    public String name() {
        return "sensitivity";
    }

    @Override
    public List<String> needs() {
        return List.of("mmo");
    }

    @Override
    public String configuration(RunContext context) {
        return context.configuration().json(List.of("sensitivity"));
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        String studyId = context.outputs("mmo").get("study");
        TrialLedger ledger = new TrialLedger(context.warehouse(), studyId);
        FleetInputs fleet = new FleetInputs(context.warehouse());
        List<ParameterSensitivityRow> rows = new ArrayList<>();
        List<SurrogateSliceRow> slices = new ArrayList<>();
        List<String> summary = new ArrayList<>();
        for (TechniqueDecisionRow decision : TechniqueDecisions.of(context)) {
            Technique technique = Techniques.named(decision.technique());
            List<CompletedTrial> trials = ledger.completed(technique.name(), technique.searchSpace());
            if (trials.isEmpty()) {
                continue;
            }
            List<String> models = trials.get(0).models();
            FleetObjective objective =
                    StudyModels.objective(fleet.models(models), study.alpha(), study.epsilon(), study.tau());
            List<ParameterSensitivity> found =
                    new SensitivityAnalysis(configuration).of(technique.searchSpace(), objective, trials);
            long seed = Seeds.of(study.seed(), "sensitivity", technique.name());
            Optional<FleetOptimizer> surrogate =
                    TechniqueSurrogate.of(technique.searchSpace(), objective, trials, seed);
            SurrogateIndices indices = surrogate
                    .map(told -> SurrogateIndices.of(technique.searchSpace(), told, seed))
                    .orElse(SurrogateIndices.NONE);
            surrogate.ifPresent(told ->
                    slices.addAll(new SurrogateSlices(technique.searchSpace(), told).rows(runId, studyId, decision)));
            found.forEach(parameter -> rows.add(row(runId, studyId, technique.name(), parameter, indices)));
            summary.addAll(SensitivityText.lines(technique.name(), found, indices, configuration.effectCutOff()));
        }
        context.warehouse().upsert(ParameterSensitivityRow.TABLE, rows);
        context.warehouse().upsert(SurrogateSliceRow.TABLE, slices);
        return new StepResult(summary, Map.of(), List.of("parameter_sensitivity", "surrogate_slices"));
    }

    private static ParameterSensitivityRow row(
            String runId, String studyId, String technique, ParameterSensitivity parameter, SurrogateIndices indices) {
        Optional<SobolIndices.Index> index = indices.at(parameter.parameter());
        return new ParameterSensitivityRow(
                runId,
                studyId,
                technique,
                parameter.parameter(),
                number(parameter.estimate(), Estimate::beta),
                number(parameter.estimate(), Estimate::standardError),
                parameter.estimate().map(Estimate::varianceAcrossModels).orElse(OptionalDouble.empty()),
                number(parameter.estimate(), Estimate::noiseVariance),
                parameter.expose() ? ParameterSensitivityRow.EXPOSE : ParameterSensitivityRow.STANDARDIZE,
                parameter.reason(),
                number(index, SobolIndices.Index::firstOrder),
                number(index, SobolIndices.Index::firstOrderError),
                number(index, SobolIndices.Index::total),
                number(index, SobolIndices.Index::totalError),
                number(index, any -> indices.muDeviation()));
    }

    private static <T> OptionalDouble number(Optional<T> of, ToDoubleFunction<T> component) {
        return of.stream().mapToDouble(component).findFirst();
    }
}
