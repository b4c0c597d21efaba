package dev.smt.jobs.trial;

import dev.smt.jobs.config.ConfigSection;
import dev.smt.jobs.ingest.FeatureConfiguration;
import dev.smt.jobs.ingest.FeatureEncoding;
import dev.smt.jobs.ingest.InputConfiguration;
import dev.smt.jobs.table.BaselineSegmentRow;
import dev.smt.jobs.table.SegmentMetricRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Section {@code evaluation}.
 *
 * @param segments names of id features, in whose segments the back-test and the iteration evaluate models too
 * @param unseen test rows that neither the back-test nor the iteration decides by
 */
public record EvaluationConfiguration(List<String> segments, UnseenRows unseen) {
    /** All test rows decide, and there are no segments. */
    public static final EvaluationConfiguration PLAIN = new EvaluationConfiguration(List.of(), UnseenRows.NONE);

    private static final String KEY = "segments";

    public EvaluationConfiguration {
        segments = List.copyOf(segments);
    }

    /** Reads the section; the segments must be features with one id per row. */
    public static EvaluationConfiguration read(ConfigSection section, InputConfiguration input) {
        List<String> segments = section.strings(KEY, List.of());
        List<String> allowed = input.features().stream()
                .filter(feature -> feature.encoding() instanceof FeatureEncoding.Id)
                .map(FeatureConfiguration::name)
                .toList();
        Set<String> seen = new HashSet<>();
        for (String segment : segments) {
            if (!allowed.contains(segment)) {
                section.problems()
                        .add(
                                section.fullKey(KEY),
                                segment,
                                "a feature of input.features with one id per row" + among(allowed));
            } else if (!seen.add(segment)) {
                section.problems().add(section.fullKey(KEY), segment, "each feature once");
            }
        }
        double unseen = section.real("unseen-share", 0, value -> value >= 0 && value < 1, "from 0 to below 1");
        return new EvaluationConfiguration(segments, new UnseenRows(unseen));
    }

    /** The same rows, looked at as a whole only. */
    public EvaluationConfiguration withoutSegments() {
        return new EvaluationConfiguration(List.of(), unseen);
    }

    /** The tables that a step writes, and those of its segments where there are any. */
    public List<String> andTables(String... ofStep) {
        List<String> tables = new ArrayList<>(List.of(ofStep));
        if (!segments.isEmpty()) {
            tables.add(BaselineSegmentRow.TABLE.name());
            tables.add(SegmentMetricRow.TABLE.name());
        }
        return tables;
    }

    private static String among(List<String> allowed) {
        return allowed.isEmpty() ? "; there is none" : ": " + String.join(", ", allowed);
    }
}
