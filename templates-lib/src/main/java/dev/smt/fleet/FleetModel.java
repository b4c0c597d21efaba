package dev.smt.fleet;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A model of the fleet: its six attributes (paper, section 3.3.1), its weight, and the inputs that make it this model.
 *
 * @param id unique in the fleet
 * @param stage ranking stage
 * @param flops inference FLOPs per example of the model in production; above 0
 * @param hardware inference hardware, such as cpu, gpu, mtia
 * @param event optimization event, such as ctr, cvr, quality
 * @param surface product surface, such as feed
 * @param dataConstraint such as full, restricted, regional
 * @param weight operational priority w_i before normalization; at least 0
 * @param pipeline its data pipeline; models of one pipeline share encoded examples
 * @param events what it is trained for, the main event first; at least one, labels are different
 * @param excludedFeatures features that its data constraint forbids
 * @param template the template that serves it, such as sparse-nn-medium
 * @param baseline what it runs in production: a pinned version such as {@code sparse-nn-medium@1}
 * @param flopsBudget largest inference FLOPs per example that it may cost; positive infinity where none is set
 */
public record FleetModel(
        String id,
        RankingStage stage,
        double flops,
        String hardware,
        String event,
        String surface,
        String dataConstraint,
        double weight,
        String pipeline,
        List<OptimizationEvent> events,
        Set<String> excludedFeatures,
        String template,
        String baseline,
        double flopsBudget)
        implements Serializable {
    public FleetModel {
        List<String> problems = new ArrayList<>();
        requireText(problems, "id", id);
        requireText(problems, "hardware", hardware);
        requireText(problems, "event", event);
        requireText(problems, "surface", surface);
        requireText(problems, "data_constraint", dataConstraint);
        requireText(problems, "pipeline", pipeline);
        requireText(problems, "template", template);
        requireText(problems, "baseline", baseline);
        Objects.requireNonNull(stage, "stage");
        events = List.copyOf(events);
        if (events.isEmpty()
                || events.stream().map(OptimizationEvent::label).distinct().count() != events.size()) {
            problems.add("events are " + events + "; allowed: at least one, each label once");
        }
        if (!(flops > 0) || Double.isInfinite(flops)) {
            problems.add("flops is " + flops + "; allowed: a finite number above 0");
        }
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            problems.add("weight is " + weight + "; allowed: a finite number of at least 0");
        }
        if (!(flopsBudget > 0)) {
            problems.add("serving_flops_budget is " + flopsBudget + "; allowed: above 0");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("model " + id + ": " + String.join("; ", problems));
        }
        excludedFeatures = Collections.unmodifiableSet(new TreeSet<>(excludedFeatures));
    }

    /** The main event's label. */
    public String label() {
        return events.get(0).label();
    }

    private static void requireText(List<String> problems, String name, String value) {
        if (value == null || value.isBlank()) {
            problems.add(name + " is " + (value == null ? "missing" : "blank"));
        }
    }
}
