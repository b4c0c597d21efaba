package dev.smt.jobs.iteration;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.Baselines;
import dev.smt.jobs.trial.Candidate;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.PairedTrial;
import dev.smt.jobs.trial.PairedTrials;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.SegmentMetrics;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/** Rebuilds models from the latest versions, and judges what came out. */
final class Rebuild {
    private final FleetInputs fleet;
    private final Function<FleetModel, ShippingGate> gates;
    private final IterationRows rows;
    private final Trainings trainings;

    /**
     * What trains and measures.
     *
     * @param seed of the trainings
     */
    record Trainings(
            Baselines baselines,
            PairedTrials pairs,
            SegmentMetrics segments,
            InstanceTuning tuning,
            Progress progress,
            long seed) {}

    Rebuild(FleetInputs fleet, Function<FleetModel, ShippingGate> gates, IterationRows rows, Trainings trainings) {
        this.fleet = fleet;
        this.gates = gates;
        this.rows = rows;
        this.trainings = trainings;
    }

    /** A row for each model; trained are those of which the latest version makes another model than they run. */
    List<ModelIterationRow> of(List<FleetModel> models) {
        Map<String, Baseline> production = trainings.baselines().production(rows.runId(), models, trainings.seed());
        List<ModelIterationRow> made = new ArrayList<>();
        List<FleetModel> others = new ArrayList<>();
        for (FleetModel model : models) {
            Baseline baseline = production.get(model.id());
            if (baseline.failed()) {
                String why = baseline.row().reason().orElse("no reason");
                made.add(unchanged(
                        model,
                        baseline,
                        ModelIterationRow.RESISTED,
                        "its production baseline can't be trained: " + why));
            } else if (rows.latest().isRunBy(model)) {
                made.add(unchanged(model, baseline, ModelIterationRow.KEPT_BASELINE, "already on the latest version"));
            } else {
                others.add(model);
            }
        }
        made.addAll(rebuilt(others, production));
        return made;
    }

    private ModelIterationRow unchanged(FleetModel model, Baseline baseline, String outcome, String reason) {
        return rows.unchanged(model, baseline, new ShippingGate.Verdict(outcome, reason), OptionalInt.empty());
    }

    private List<ModelIterationRow> rebuilt(List<FleetModel> models, Map<String, Baseline> production) {
        Map<FleetModel, Template> templates = new LinkedHashMap<>();
        models.forEach(model -> templates.put(model, rows.latest().template(model)));
        Map<String, InstanceTuning.Tuned> tuned = trainings
                .tuning()
                .of(
                        templates,
                        instance -> isAffordable(
                                instance.candidate(),
                                production.get(instance.model().id())));
        List<ModelIterationRow> made = new ArrayList<>();
        List<PairedTrial> pairs = new ArrayList<>();
        for (FleetModel model : models) {
            InstanceTuning.Tuned own = tuned.get(model.id());
            Candidate candidate = new Candidate(model, templates.get(model), own.values());
            Baseline baseline = production.get(model.id());
            if (fleet.makes(candidate, baseline)) {
                ShippingGate.Verdict same = new ShippingGate.Verdict(
                        ModelIterationRow.KEPT_BASELINE, "the latest version makes of it what it already runs");
                made.add(rows.unchanged(model, baseline, same, IterationRows.trainings(own)));
            } else {
                long seed = Seeds.training(trainings.seed(), model.id(), 0);
                pairs.add(new PairedTrial(model, candidate.template(), candidate.values(), baseline, seed));
            }
        }
        made.addAll(trained(pairs, tuned));
        return made;
    }

    private List<ModelIterationRow> trained(List<PairedTrial> pairs, Map<String, InstanceTuning.Tuned> tuned) {
        List<PairedResult> results;
        try (Progress.Counter counter = trainings.progress().count("models rebuilt", pairs.size())) {
            results = trainings.pairs().evaluate(pairs, Split.TEST, () -> counter.add(1));
        }
        List<FleetModel> models = pairs.stream().map(PairedTrial::model).toList();
        trainings
                .segments()
                .keep(models, results, model -> rows.latest().version(model).version());
        List<ModelIterationRow> made = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            FleetModel model = models.get(i);
            ShippingGate.Verdict verdict =
                    gates.apply(model).judge(model, results.get(i), pairs.get(i).baseline());
            made.add(rows.rebuilt(model, results.get(i), verdict, tuned.get(model.id())));
        }
        return made;
    }

    /** Whether it could be served; what can't be made is for its training to refuse. */
    private boolean isAffordable(Candidate instance, Baseline baseline) {
        return fleet.cost(instance)
                .flatMap(cost -> gates.apply(instance.model()).overCapacity(instance.model(), cost, baseline.cost()))
                .isEmpty();
    }
}
