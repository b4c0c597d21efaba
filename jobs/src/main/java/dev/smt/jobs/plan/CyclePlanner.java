package dev.smt.jobs.plan;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.ingest.FeatureConfiguration;
import dev.smt.jobs.ingest.IngestConfiguration;
import dev.smt.jobs.ingest.IngestJob;
import dev.smt.jobs.mmo.TechniqueDecisions;
import dev.smt.jobs.representative.RepresentativesConfiguration;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepRunner;
import dev.smt.jobs.table.FleetModelRow;
import dev.smt.jobs.table.RepresentativeRow;
import dev.smt.jobs.table.RunRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.trial.StudyModels;
import dev.smt.search.Parameter;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks at the tables for what is done, and plans what is not; reads only. */
public final class CyclePlanner {
    private final RunContext context;
    private final IngestConfiguration ingest;
    private final RepresentativesConfiguration representatives;
    private final Function<CycleShape, TrainingPlan> trainings;
    /** Before ingest has run, it takes a look at all rows of the logs. */
    private Optional<List<FleetModel>> fleet;

    /** @param trainings the plan of a cycle of a shape, by its configuration */
    public CyclePlanner(
            RunContext context,
            IngestConfiguration ingest,
            RepresentativesConfiguration representatives,
            Function<CycleShape, TrainingPlan> trainings) {
        this(context, ingest, representatives, trainings, Optional.empty());
    }

    private CyclePlanner(
            RunContext context,
            IngestConfiguration ingest,
            RepresentativesConfiguration representatives,
            Function<CycleShape, TrainingPlan> trainings,
            Optional<List<FleetModel>> fleet) {
        this.context = context;
        this.ingest = ingest;
        this.representatives = representatives;
        this.trainings = trainings;
        this.fleet = fleet;
    }

    /** Plans another cycle of the same fleet, which is not looked up again. */
    public CyclePlanner ofCycle(RunContext cycle, Function<CycleShape, TrainingPlan> itsTrainings) {
        return new CyclePlanner(cycle, ingest, representatives, itsTrainings, Optional.of(fleet()));
    }

    private List<FleetModel> fleet() {
        if (fleet.isEmpty()) {
            fleet = Optional.of(
                    context.known("ingest").isPresent()
                            ? context.warehouse().rows(FleetModelRow.TABLE).stream()
                                    .map(FleetModelRow::model)
                                    .toList()
                            : new IngestJob(context.spark()).fleet(ingest));
        }
        return fleet.get();
    }

    /**
     * The plans of some steps.
     *
     * @param steps in the order of the cycle
     * @param techniques names, of the study
     */
    public List<StepPlan> of(List<Step> steps, List<String> techniques, StepRunner runner) {
        Map<String, Optional<String>> done = new LinkedHashMap<>();
        steps.forEach(step -> done.put(step.name(), runner.finished(step).map(RunRow::runId)));
        TrainingPlan plan = trainings(techniques);
        List<StepPlan> plans = new ArrayList<>();
        done.forEach((step, run) -> plans.add(new StepPlan(step, run, run.isPresent() ? List.of() : plan.of(step))));
        return plans;
    }

    /**
     * The trainings of a cycle from its start, by what is known of it.
     *
     * @param techniques names, of the study
     */
    public TrainingPlan trainings(List<String> techniques) {
        return trainings.apply(shape(techniques));
    }

    private CycleShape shape(List<String> techniques) {
        List<FleetModel> models = fleet();
        TrainingCount chosen = CycleShape.representatives(representatives, models.size());
        TrainingCount held = CycleShape.holdout(representatives, models.size(), chosen);
        if (context.known("representatives").isPresent()) {
            List<RepresentativeRow> roles = StudyModels.roles(context);
            chosen = TrainingCount.of(
                    roles.stream().filter(RepresentativeRow::isRepresentative).count());
            held = TrainingCount.of(
                    roles.stream().filter(RepresentativeRow::isHoldout).count());
        }
        List<Technique> fitting = fitting(models, techniques);
        return new CycleShape(
                models.size(),
                chosen,
                held,
                fitting.size(),
                fitting.stream().filter(CyclePlanner::isEndless).count(),
                accepted(fitting.size()),
                context.spark().sparkContext().defaultParallelism(),
                ingest.input().features().stream()
                        .collect(Collectors.toMap(FeatureConfiguration::type, feature -> 1, Integer::sum)));
    }

    private TrainingCount accepted(long techniques) {
        return context.known("mmo").isPresent()
                ? TrainingCount.of(TechniqueDecisions.of(context).stream()
                        .filter(TechniqueDecisionRow::accepted)
                        .count())
                : TrainingCount.atMost(techniques);
    }

    private static List<Technique> fitting(List<FleetModel> fleet, List<String> techniques) {
        Set<String> names = fleet.stream().map(FleetModel::template).collect(Collectors.toSet());
        List<Template> templates = TemplateCatalog.builtIn().stream()
                .filter(template -> names.contains(template.name()))
                .toList();
        return techniques.stream()
                .map(Techniques::named)
                .filter(technique -> templates.stream().anyMatch(technique::fits))
                .toList();
    }

    /** A technique without a parameter, or with a few levels, has few different thetas. */
    private static boolean isEndless(Technique technique) {
        return technique.searchSpace().parameters().stream().anyMatch(Parameter.Real.class::isInstance);
    }
}
