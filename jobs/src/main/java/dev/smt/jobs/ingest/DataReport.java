package dev.smt.jobs.ingest;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.ingest.PipelineManifest.SplitSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a user looks at before trusting the data: rows, base rates, vocabularies, missing values. */
final class DataReport {
    private DataReport() {}

    static List<String> lines(List<PipelineManifest> pipelines, List<FleetModel> fleet) {
        Map<String, Integer> models = new TreeMap<>();
        fleet.forEach(model -> models.merge(model.pipeline(), 1, Integer::sum));
        List<String> lines = new ArrayList<>();
        for (PipelineManifest pipeline : pipelines) {
            lines.add("pipeline " + pipeline.pipeline() + ", models: " + models.getOrDefault(pipeline.pipeline(), 0)
                    + ", data version " + pipeline.dataVersion());
            lines.add("  rows            " + rows(pipeline));
            lines.add("  base rates      " + baseRates(pipeline));
            lines.add("  vocabularies    " + vocabularies(pipeline));
            lines.add("  missing values  " + missing(pipeline));
            noPositives(pipeline, lines);
        }
        lines.add("pipelines: " + pipelines.size() + ", models: " + fleet.size());
        return lines;
    }

    /** The rules that did not hold, and the rows that were left out. */
    static List<String> contract(List<DataCheck> checks) {
        List<String> lines = new ArrayList<>();
        checks.forEach(check -> {
            if (!check.held()) {
                lines.add("warning: " + line(check));
            } else if (check.kind().equals(DataCheck.ROW) && check.value() > 0) {
                lines.add("left out: " + number(Math.round(check.value())) + " rows that break \"" + check.name()
                        + "\" (table quarantine)");
            }
        });
        return lines;
    }

    /** A check in words. */
    static String line(DataCheck check) {
        String where = check.pipeline().equals(DataCheck.ALL) ? "" : " of pipeline " + check.pipeline();
        return String.format(
                Locale.ROOT, "%s%s: %.4f; allowed: %s", check.name(), where, check.value(), check.allowed());
    }

    private static String rows(PipelineManifest pipeline) {
        return pipeline.splits().entrySet().stream()
                .map(split ->
                        split.getKey().label() + " " + number(split.getValue().rows()))
                .collect(Collectors.joining(", "));
    }

    private static String baseRates(PipelineManifest pipeline) {
        return "(train) "
                + pipeline.labels().stream()
                        .map(label ->
                                label + " " + String.format(Locale.ROOT, "%.4f", pipeline.baseRate(Split.TRAIN, label)))
                        .collect(Collectors.joining(", "));
    }

    private static String vocabularies(PipelineManifest pipeline) {
        String sizes = pipeline.vocabularySizes().entrySet().stream()
                .map(size -> size.getKey() + " " + number(size.getValue()))
                .collect(Collectors.joining(", "));
        return sizes.isEmpty() ? "none" : sizes;
    }

    private static String missing(PipelineManifest pipeline) {
        String shares = pipeline.missingShares().entrySet().stream()
                .filter(share -> share.getValue() > 0)
                .map(share -> share.getKey() + " " + String.format(Locale.ROOT, "%.2f %%", 100 * share.getValue()))
                .collect(Collectors.joining(", "));
        return shares.isEmpty() ? "none" : shares;
    }

    private static void noPositives(PipelineManifest pipeline, List<String> lines) {
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            SplitSummary summary = pipeline.split(split);
            String none = pipeline.labels().stream()
                    .filter(label -> summary.positives().get(label) == 0)
                    .collect(Collectors.joining(", "));
            if (!none.isEmpty()) {
                lines.add("  no positives in " + split.label() + ": " + none);
            }
        }
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
