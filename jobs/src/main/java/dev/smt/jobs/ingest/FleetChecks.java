package dev.smt.jobs.ingest;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.ingest.FleetConfiguration.Grid;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Refuses models that can't be trained or evaluated: no such pipeline, an empty split, a label with one class. */
final class FleetChecks {
    private final IngestConfiguration configuration;
    private final Map<String, Cell> cells = new TreeMap<>();
    private final ConfigProblems problems;

    FleetChecks(IngestConfiguration configuration, List<Cell> cells, ConfigProblems problems) {
        this.configuration = configuration;
        cells.forEach(cell -> this.cells.put(cell.pipeline(), cell));
        this.problems = problems;
    }

    /** Notes what is wrong with the rows as a whole; true where models can be made of them. */
    boolean rows() {
        if (!problems.isEmpty()) {
            return false;
        }
        if (cells.isEmpty()) {
            problems.add("input: no rows are left after joins, filter and pipelines; look at input.filter, which is \""
                    + configuration.input().filter() + "\"");
            return false;
        }
        for (Split split : Split.values()) {
            if (cells.values().stream().noneMatch(cell -> cell.splits().containsKey(split))) {
                problems.add(
                        "input.split: split " + split.label() + " is empty; move the bounds into the time of the rows");
            }
        }
        if (configuration.fleet().models() instanceof Grid grid) {
            grid.labels().forEach(this::bothClasses);
        }
        return problems.isEmpty();
    }

    private void bothClasses(String label) {
        int index = configuration.input().labelNames().indexOf(label);
        long rows = cells.values().stream().mapToLong(Cell::rows).sum();
        long positives =
                cells.values().stream().mapToLong(cell -> cell.positives(index)).sum();
        if (positives == 0 || positives == rows) {
            problems.add("input.labels." + label + " has one class only: " + positives + " of " + rows
                    + " rows are 1; allowed: both 0 and 1");
        }
    }

    /** Notes what is wrong with the models. */
    void models(List<FleetModel> models) {
        if (models.isEmpty() && problems.isEmpty()) {
            problems.add("fleet has no model; with a grid: lower min-rows, min-positives or min-negatives");
        }
        if (!models.isEmpty() && models.stream().allMatch(model -> model.weight() == 0)) {
            problems.add("fleet: the weights of all " + models.size() + " models are 0, so they sum to 0; allowed: at"
                    + " least one above 0");
        }
        for (FleetModel model : models) {
            Cell cell = cells.get(model.pipeline());
            if (cell == null) {
                problems.add("fleet: model " + model.id() + ": pipeline is \"" + model.pipeline() + "\"; allowed: "
                        + firstOf(cells.keySet()));
            } else if (model.events().get(0).equals(OptimizationEvent.binary(model.label()))
                    && configuration.input().labels().containsKey(model.label())) {
                training(model, cell);
            }
        }
        for (String pipeline :
                new TreeSet<>(models.stream().map(FleetModel::pipeline).toList())) {
            if (cells.containsKey(pipeline)) {
                splits(cells.get(pipeline));
            }
        }
    }

    private void training(FleetModel model, Cell cell) {
        Cell.Counts train = cell.splits().get(Split.TRAIN);
        if (train == null) {
            return;
        }
        long positives =
                train.positives().get(configuration.input().labelNames().indexOf(model.label()));
        if (positives == 0 || positives == train.rows()) {
            problems.add(
                    "fleet: model " + model.id() + ": label " + model.label() + " has one class only in the training"
                            + " rows of pipeline " + cell.pipeline() + ": " + positives + " of " + train.rows()
                            + " are 1; leave the model out, or raise the grid's min-positives and min-negatives");
        }
    }

    private void splits(Cell cell) {
        List<String> empty = FleetGrid.emptySplits(cell);
        if (!empty.isEmpty()) {
            problems.add("pipeline " + cell.pipeline() + " has no rows in split " + String.join(", ", empty)
                    + "; move the bounds of input.split, or leave its models out");
        }
    }

    /** Some of many pipelines, in words. */
    static String firstOf(Set<String> pipelines) {
        int shown = 10;
        return pipelines.stream().limit(shown).collect(Collectors.joining(", "))
                + (pipelines.size() > shown ? ", ... (" + pipelines.size() + " pipelines)" : "");
    }
}
