package dev.smt.jobs.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** Whether the arms of each experiment can be compared. */
final class ArmChecks {
    private static final String DEFAULT_CONTROL = "control";

    private final ControlledQuery query;

    ArmChecks(ControlledQuery query) {
        this.query = query;
    }

    /** The rows of summed arms by experiment; arms and experiments without a name are left out. */
    SortedMap<String, List<Row>> byExperiment(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.getAs(ControlledJob.EXPERIMENT) != null && row.getAs(ControlledJob.ARM) != null)
                .collect(Collectors.groupingBy(
                        row -> row.<String>getAs(ControlledJob.EXPERIMENT), TreeMap::new, Collectors.toList()));
    }

    static List<String> names(List<Row> arms) {
        return arms.stream().map(row -> row.<String>getAs(ControlledJob.ARM)).toList();
    }

    /** The control: as the user says, else the arm of this name, else the first. */
    String control(List<String> arms) {
        return query.control().orElseGet(() -> arms.stream()
                .filter(DEFAULT_CONTROL::equalsIgnoreCase)
                .findFirst()
                .orElse(arms.get(0)));
    }

    /** NE deltas by arm, of the arms that have one. */
    static Map<String, Double> offline(List<Row> arms) {
        Map<String, Double> deltas = new HashMap<>();
        arms.stream()
                .filter(row -> row.getAs("least_offline") != null)
                .forEach(row -> deltas.put(row.getAs(ControlledJob.ARM), row.getAs("least_offline")));
        return deltas;
    }

    /** All problems. */
    List<String> problems(List<Row> rows) {
        List<String> problems = new ArrayList<>();
        byExperiment(rows).forEach((experiment, arms) -> {
            String where = experiment.isEmpty() ? "" : "experiment \"" + experiment + "\": ";
            problemsOf(arms).forEach(problem -> problems.add(where + problem));
        });
        return problems;
    }

    private List<String> problemsOf(List<Row> arms) {
        List<String> names = names(arms);
        List<String> problems = new ArrayList<>();
        if (names.size() < 2) {
            problems.add("--arm has only the value \"" + names.get(0) + "\"; allowed: two arms or more");
        } else if (!names.contains(control(names))) {
            problems.add(
                    "--control is \"" + control(names) + "\"; allowed: one of the arms " + String.join(", ", names));
        }
        if (!query.shares().isEmpty() && !query.shares().keySet().equals(new HashSet<>(names))) {
            problems.add("--shares are of the arms "
                    + String.join(", ", query.shares().keySet()) + "; allowed: a share for each of "
                    + String.join(", ", names));
        }
        arms.forEach(arm -> problems.addAll(problemsOf(arm)));
        return problems;
    }

    private List<String> problemsOf(Row arm) {
        String name = arm.getAs(ControlledJob.ARM);
        List<String> problems = new ArrayList<>();
        long units = arm.getAs("units");
        if (units < 2) {
            problems.add("arm \"" + name + "\" has 1 unit; allowed: 2 or more");
        }
        long crossed = arm.getAs("crossed");
        if (crossed > 0) {
            problems.add((crossed == 1 ? "1 unit is" : crossed + " units are") + " in arm \"" + name
                    + "\" and in another, such as \"" + arm.getAs("crossed_unit")
                    + "\"; allowed: one arm per unit; name what was assigned to arms with --unit");
        }
        if (!Objects.equals(arm.<Double>getAs("least_offline"), arm.<Double>getAs("most_offline"))) {
            problems.add("--offline is from " + arm.getAs("least_offline") + " to " + arm.getAs("most_offline")
                    + " in arm \"" + name + "\"; allowed: one NE delta per arm");
        }
        return problems;
    }
}
