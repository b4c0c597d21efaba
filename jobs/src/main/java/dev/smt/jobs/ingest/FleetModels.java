package dev.smt.jobs.ingest;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.coverage.CoverageBands.Choice;
import dev.smt.jobs.ingest.FleetConfiguration.Constraint;
import dev.smt.template.TemplateCatalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/**
 * Rows with the columns of {@code fleet_models}, and {@code label}, become models; all problems are noted. A model whose
 * template is {@value #AUTO} gets the one that covers it.
 */
final class FleetModels {
    /** Stands for the template that covers the model, also in the name of its baseline. */
    static final String AUTO = "auto";

    /** An attribute of the grid to the column of {@code fleet_models} that it fills. */
    private static final Map<String, String> COLUMNS = Map.of(
            "stage", "ranking_stage",
            "data-constraint", "data_constraint",
            "budget", "serving_flops_budget",
            "id", "model_id");

    /** Columns that every table of models needs. */
    static final List<String> REQUIRED = List.of(
            "model_id",
            "ranking_stage",
            "flops",
            "hardware",
            "event",
            "surface",
            "data_constraint",
            "weight",
            "pipeline",
            "baseline",
            "label");

    private final IngestConfiguration configuration;
    private final ConfigProblems problems;

    FleetModels(IngestConfiguration configuration, ConfigProblems problems) {
        this.configuration = configuration;
        this.problems = problems;
    }

    static String columnOf(String attribute) {
        return COLUMNS.getOrDefault(attribute, attribute);
    }

    List<FleetModel> of(List<Row> rows) {
        List<FleetModel> models = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Row row : rows) {
            try {
                FleetModel model = model(row);
                if (!ids.add(model.id())) {
                    problems.add("fleet: model_id " + model.id() + " is there more than once; allowed: unique ids");
                }
                models.add(model);
            } catch (IllegalArgumentException wrong) {
                problems.add("fleet: " + wrong.getMessage());
            }
        }
        return models;
    }

    private FleetModel model(Row row) {
        String id = text(row, "model_id");
        String constraint = text(row, "data_constraint");
        RankingStage stage = stage(id, text(row, "ranking_stage"));
        String template = template(id, stage, row);
        return new FleetModel(
                id,
                stage,
                number(row, "flops"),
                text(row, "hardware"),
                text(row, "event"),
                text(row, "surface"),
                constraint,
                number(row, "weight"),
                text(row, "pipeline"),
                events(row),
                excluded(id, constraint, row),
                template,
                baseline(id, template, text(row, "baseline")),
                has(row, "serving_flops_budget") ? number(row, "serving_flops_budget") : Double.POSITIVE_INFINITY);
    }

    /** The main event of column {@code label}, then those of {@code further_events}, a list, where there are any. */
    private static List<OptimizationEvent> events(Row row) {
        List<OptimizationEvent> events = new ArrayList<>();
        events.add(OptimizationEvent.parse(text(row, "label")));
        if (has(row, "further_events")) {
            row.<String>getList(row.fieldIndex("further_events"))
                    .forEach(event -> events.add(OptimizationEvent.parse(event)));
        }
        return events;
    }

    private static RankingStage stage(String id, String label) {
        try {
            return RankingStage.ofLabel(label);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("model " + id + ": " + unknown.getMessage(), unknown);
        }
    }

    private String template(String id, RankingStage stage, Row row) {
        String name = has(row, "template") ? text(row, "template") : AUTO;
        if (name.equals(AUTO)) {
            if (!(number(row, "flops") > 0)) {
                // The model itself refuses such FLOPs, and says so.
                return AUTO;
            }
            Choice choice = configuration.coverage().choose(stage, text(row, "hardware"), number(row, "flops"));
            if (choice instanceof Choice.Covered covered) {
                return covered.template();
            }
            throw new IllegalArgumentException("model " + id + ": its template is " + AUTO + ", but "
                    + ((Choice.Unassigned) choice).reason() + "; name a template, or widen a band of coverage");
        }
        return requireTemplate(id, "template", name);
    }

    /** A version of a template of the catalog, or a name of a configuration that is none. */
    private static String baseline(String id, String template, String name) {
        int at = name.lastIndexOf('@');
        if (at < 0) {
            return name;
        }
        String of = name.substring(0, at);
        return (of.equals(AUTO) ? template : requireTemplate(id, "baseline", of)) + name.substring(at);
    }

    private static String requireTemplate(String id, String what, String name) {
        if (!TemplateCatalog.names().contains(name)) {
            throw new IllegalArgumentException("model " + id + ": " + what + " is \"" + name + "\"; allowed: "
                    + String.join(", ", TemplateCatalog.names()) + ", or " + AUTO);
        }
        return name;
    }

    private Set<String> excluded(String id, String name, Row row) {
        Constraint constraint = Optional.ofNullable(
                        configuration.fleet().constraints().get(name))
                .orElseThrow(() -> new IllegalArgumentException("model " + id + ": data constraint is \"" + name
                        + "\"; allowed: one of fleet.constraints "
                        + configuration.fleet().constraints().keySet()));
        Set<String> excluded = new TreeSet<>();
        configuration.input().features().stream()
                .filter(constraint::forbids)
                .forEach(feature -> excluded.add(feature.name()));
        if (has(row, "excluded_features")) {
            excluded.addAll(row.getList(row.fieldIndex("excluded_features")));
        }
        return excluded;
    }

    private static String text(Row row, String column) {
        return read(row, column, Object::toString).orElse("");
    }

    private static double number(Row row, String column) {
        return read(row, column, value -> ((Number) value).doubleValue()).orElse(Double.NaN);
    }

    private static <T> Optional<T> read(Row row, String column, Function<Object, T> as) {
        return Optional.ofNullable(row.get(row.fieldIndex(column))).map(as);
    }

    private static boolean has(Row row, String column) {
        return row.schema().getFieldIndex(column).isDefined() && !row.isNullAt(row.fieldIndex(column));
    }
}
