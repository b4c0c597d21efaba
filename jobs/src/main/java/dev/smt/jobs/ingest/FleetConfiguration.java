package dev.smt.jobs.ingest;

import dev.smt.feature.FeatureSide;
import dev.smt.jobs.config.ConfigSection;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The models: section {@code fleet}.
 *
 * @param models how they are named
 * @param constraints a data constraint's name to what it forbids
 */
public record FleetConfiguration(Models models, Map<String, Constraint> constraints) {
    public FleetConfiguration {
        constraints = Collections.unmodifiableMap(new LinkedHashMap<>(constraints));
    }

    /** How models are named: by a grid or by a table. */
    public sealed interface Models {}

    /**
     * One model per label and pipeline that has enough rows of each class, over all splits.
     *
     * @param labels of the input
     * @param minRows 0 or more
     * @param minPositives 1 or more
     * @param minNegatives 1 or more
     * @param attributes to SQL expressions, in the order of {@link #ATTRIBUTES}
     */
    public record Grid(
            List<String> labels, long minRows, long minPositives, long minNegatives, Map<String, String> attributes)
            implements Models {
        /** Attribute to its usual expression (empty: it must be given). Each may read those before it. */
        static final Map<String, String> ATTRIBUTES = attributeDefaults();

        public Grid {
            labels = List.copyOf(labels);
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        }
    }

    /** A table with one row per model: the columns of {@code fleet_models} and {@code label}. */
    public record Table(SourceConfiguration source) implements Models {}

    /**
     * What a data constraint forbids.
     *
     * @param features by name
     * @param sides all features of these sides
     */
    public record Constraint(Set<String> features, Set<FeatureSide> sides) {
        public Constraint {
            features = Collections.unmodifiableSet(new TreeSet<>(features));
            sides = Set.copyOf(sides);
        }

        boolean forbids(FeatureConfiguration feature) {
            return features.contains(feature.name()) || sides.contains(feature.side());
        }
    }

    /** Whether the coverage may have to choose the template of a model: a table says so only in its rows. */
    boolean mayLeaveTheTemplateOpen() {
        return !(models instanceof Grid grid)
                || grid.attributes().get("template").contains(FleetModels.AUTO);
    }

    /** Reads section {@code fleet}. */
    public static FleetConfiguration read(ConfigSection section) {
        if (section.has("grid") == section.has("table")) {
            section.problems().add(section.fullKey("grid") + ": give either grid {...} or table {path, format}");
        }
        Models models = section.has("table")
                ? new Table(SourceConfiguration.read(section.section("table")))
                : readGrid(section.section("grid"));
        Map<String, Constraint> constraints = new LinkedHashMap<>();
        section.namedSections("constraints").forEach((name, one) -> constraints.put(name, readConstraint(one)));
        return new FleetConfiguration(models, constraints);
    }

    private static Grid readGrid(ConfigSection section) {
        ConfigSection given = section.section("attributes");
        Map<String, String> attributes = new LinkedHashMap<>();
        Grid.ATTRIBUTES.forEach((name, usual) ->
                attributes.put(name, usual.isEmpty() ? given.string(name) : given.string(name, usual)));
        return new Grid(
                section.strings("labels"),
                section.whole("min-rows", 1, rows -> rows >= 0, "a whole number, 0 or more"),
                section.whole("min-positives", 1, rows -> rows >= 1, "a whole number, 1 or more"),
                section.whole("min-negatives", 1, rows -> rows >= 1, "a whole number, 1 or more"),
                attributes);
    }

    private static Constraint readConstraint(ConfigSection section) {
        Set<FeatureSide> sides = new TreeSet<>();
        for (String side : section.strings("exclude-sides", List.of())) {
            try {
                sides.add(FeatureSide.valueOf(side.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                section.problems()
                        .add(
                                section.fullKey("exclude-sides"),
                                side,
                                Arrays.toString(FeatureSide.values()).toLowerCase(Locale.ROOT));
            }
        }
        return new Constraint(Set.copyOf(section.strings("exclude-features", List.of())), sides);
    }

    private static Map<String, String> attributeDefaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("stage", "");
        defaults.put("event", "label");
        defaults.put("surface", "");
        defaults.put("data-constraint", "");
        defaults.put("hardware", "");
        defaults.put("template", "'" + FleetModels.AUTO + "'");
        defaults.put("flops", "");
        defaults.put("weight", "rows");
        defaults.put("baseline", "concat(template, '@1')");
        defaults.put("budget", "double('infinity')");
        defaults.put("id", "concat(label, '.', pipeline)");
        return Collections.unmodifiableMap(defaults);
    }
}
