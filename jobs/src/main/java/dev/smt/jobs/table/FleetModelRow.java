package dev.smt.jobs.table;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A model of the fleet: table {@code fleet_models}. */
public record FleetModelRow(
        @Column("the run that wrote the row") String runId,
        @Column("identifies the model") String modelId,
        @Column("retrieval, pre-ranking or ranking") String rankingStage,
        @Column(value = "inference FLOPs per example in production", unit = "FLOPs") double flops,
        @Column("inference hardware") String hardware,
        @Column("optimization event") String event,
        @Column("product surface") String surface,
        @Column("data constraint") String dataConstraint,
        @Column("importance weight before normalization") double weight,
        @Column("data pipeline") String pipeline,
        @Column("label column of the pipeline: the main event's") String label,
        @Column("features that the data constraint forbids") List<String> excludedFeatures,
        @Column("template that serves the model") String template,
        @Column("what the model runs in production: a pinned template version") String baseline,
        @Column(value = "largest inference FLOPs per example allowed; empty: no limit", unit = "FLOPs")
                OptionalDouble servingFlopsBudget,
        @Column(
                        "what the model is trained for, the main event first: label, then :amount or :levels(5), |given, *weight")
                List<String> events,
        @Column("its own values of the fields that its template exposes, JSON by path; empty: the template's")
                Optional<String> tuned) {
    public static final Table<FleetModelRow> TABLE = Table.of("fleet_models", FleetModelRow.class, "model_id");

    public static FleetModelRow of(String runId, FleetModel model) {
        return new FleetModelRow(
                runId,
                model.id(),
                model.stage().label(),
                model.flops(),
                model.hardware(),
                model.event(),
                model.surface(),
                model.dataConstraint(),
                model.weight(),
                model.pipeline(),
                model.label(),
                List.copyOf(model.excludedFeatures()),
                model.template(),
                model.baseline(),
                Double.isInfinite(model.flopsBudget())
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(model.flopsBudget()),
                model.events().stream().map(OptimizationEvent::toString).toList(),
                Optional.empty());
    }

    public FleetModel model() {
        return new FleetModel(
                modelId,
                RankingStage.ofLabel(rankingStage),
                flops,
                hardware,
                event,
                surface,
                dataConstraint,
                weight,
                pipeline,
                events.isEmpty()
                        ? List.of(OptimizationEvent.parse(label))
                        : events.stream().map(OptimizationEvent::parse).toList(),
                Set.copyOf(excludedFeatures),
                template,
                baseline,
                servingFlopsBudget.orElse(Double.POSITIVE_INFINITY));
    }

    /** The same model, running another version in production, with its own values of exposed fields or the template's. */
    public FleetModelRow withBaseline(String newBaseline, Optional<String> newTuned) {
        return new FleetModelRow(
                runId,
                modelId,
                rankingStage,
                flops,
                hardware,
                event,
                surface,
                dataConstraint,
                weight,
                pipeline,
                label,
                excludedFeatures,
                template,
                newBaseline,
                servingFlopsBudget,
                events,
                newTuned);
    }
}
