package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigSection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which rows make a data pipeline: section {@code pipelines}. */
public sealed interface PipelineConfiguration {

    /**
     * One pipeline per distinct combination of values.
     *
     * @param columns of the joined logs, at least one
     * @param name SQL expression of the pipeline's name over those columns; a row where it is null is in no pipeline
     */
    record ByColumns(List<String> columns, String name) implements PipelineConfiguration {
        public ByColumns {
            columns = List.copyOf(columns);
        }
    }

    /** Pipelines by name; a row may be in several of them. */
    record Listed(List<Filtered> pipelines) implements PipelineConfiguration {
        public Listed {
            pipelines = List.copyOf(pipelines);
        }
    }

    /**
     * A named pipeline.
     *
     * @param key where the configuration names its filter, for messages
     * @param name unique
     * @param filter SQL condition on its rows
     */
    record Filtered(String key, String name, String filter) {}

    /** The columns that a fleet's attributes may read beside label, pipeline, rows and positives. */
    default List<String> byColumns() {
        return this instanceof ByColumns by ? by.columns() : List.of();
    }

    /** Reads section {@code pipelines}. */
    static PipelineConfiguration read(ConfigSection section) {
        boolean by = section.has("by");
        if (by == section.has("list")) {
            section.problems().add(section.fullKey("by") + ": give either by = [columns] or list = [{name, filter}]");
        }
        if (by) {
            List<String> columns = section.strings("by");
            if (columns.isEmpty()) {
                section.problems().add(section.fullKey("by"), "[]", "at least one column");
            }
            return new ByColumns(columns, section.string("name", usualName(columns)));
        }
        List<Filtered> list = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigSection pipeline : section.sections("list")) {
            String name = pipeline.string("name");
            if (!names.add(name)) {
                section.problems().add(pipeline.fullKey("name"), name, "a name that no other pipeline has");
            }
            list.add(new Filtered(pipeline.fullKey("filter"), name, pipeline.string("filter", "true")));
        }
        return new Listed(list);
    }

    /** Such as {@code tab=1,country=FR}. */
    private static String usualName(List<String> columns) {
        List<String> parts = columns.stream()
                .map(column -> "'" + column.replace("'", "\\'") + "=', coalesce(cast(" + Keys.quoted(column)
                        + " as string), 'null')")
                .toList();
        return "concat(" + String.join(", ',', ", parts) + ")";
    }
}
