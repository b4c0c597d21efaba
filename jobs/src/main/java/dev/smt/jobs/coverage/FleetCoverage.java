package dev.smt.jobs.coverage;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.coverage.CoverageBands.Choice;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Every model of a fleet with the template that covers it.
 *
 * @param bands of the templates
 * @param assignments by model id
 */
public record FleetCoverage(CoverageBands bands, List<Assignment> assignments) {
    public FleetCoverage {
        assignments = List.copyOf(assignments);
    }

    /** A model and the choice for it. */
    public record Assignment(FleetModel model, Choice choice) {
        /** The template that covers the model; empty where none does. */
        public Optional<String> template() {
            return choice instanceof Choice.Covered covered ? Optional.of(covered.template()) : Optional.empty();
        }

        /** Why no template covers the model; empty where one does. */
        public Optional<String> reason() {
            return choice instanceof Choice.Unassigned none ? Optional.of(none.reason()) : Optional.empty();
        }

        boolean differs() {
            return template().isPresent() && !template().get().equals(model.template());
        }
    }

    /** Assigns all models. */
    public static FleetCoverage of(CoverageBands bands, List<FleetModel> models) {
        return new FleetCoverage(
                bands,
                models.stream()
                        .sorted(Comparator.comparing(FleetModel::id))
                        .map(model ->
                                new Assignment(model, bands.choose(model.stage(), model.hardware(), model.flops())))
                        .toList());
    }

    /** The models that a template covers. */
    public List<FleetModel> models(String template) {
        return assignments.stream()
                .filter(assignment -> assignment.template().equals(Optional.of(template)))
                .map(Assignment::model)
                .toList();
    }

    /** The models that no template covers. */
    public List<Assignment> unassigned() {
        return assignments.stream()
                .filter(assignment -> assignment.template().isEmpty())
                .toList();
    }

    /** The models whose own template is not the one that covers them. */
    public List<Assignment> differing() {
        return assignments.stream().filter(Assignment::differs).toList();
    }
}
