package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigSection;
import dev.smt.jobs.ingest.SplitConfiguration.Shares;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the rows come from and what they mean: section {@code input}.
 *
 * @param logs tables of impressions, one below the other
 * @param incremental training rows that are encoded already are kept as they are, and only later rows are read
 * @param dropDuplicates drop exactly repeated log rows
 * @param joins side tables
 * @param histories columns of earlier rows' events
 * @param derived columns by SQL expression; they may read each other
 * @param filter SQL condition on the rows that stay
 * @param time SQL expression of a row's time: a timestamp, a date, or milliseconds since the epoch
 * @param split training, validation and test rows
 * @param unit SQL expression of the unit that stays together in the jackknife buckets, such as the user
 * @param labels name to SQL expression, each 0 or 1 where it is no amount
 * @param amounts the labels that are any number, such as an order's value or a level
 * @param knownAfterServing columns that no feature may read, because they are known only after serving
 * @param knownAtServing columns that a label is made of and that features may read all the same
 * @param features in order
 * @param contract what the data must hold
 */
public record InputConfiguration(
        List<SourceConfiguration> logs,
        boolean incremental,
        boolean dropDuplicates,
        List<JoinConfiguration> joins,
        List<HistoryConfiguration> histories,
        Map<String, String> derived,
        String filter,
        String time,
        SplitConfiguration split,
        String unit,
        Map<String, String> labels,
        Set<String> amounts,
        Set<String> knownAfterServing,
        Set<String> knownAtServing,
        List<FeatureConfiguration> features,
        ContractConfiguration contract) {
    public InputConfiguration {
        logs = List.copyOf(logs);
        joins = List.copyOf(joins);
        histories = List.copyOf(histories);
        derived = Collections.unmodifiableMap(new LinkedHashMap<>(derived));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        amounts = Collections.unmodifiableSet(new TreeSet<>(amounts));
        knownAfterServing = Collections.unmodifiableSet(new TreeSet<>(knownAfterServing));
        knownAtServing = Collections.unmodifiableSet(new TreeSet<>(knownAtServing));
        features = List.copyOf(features);
    }

    /** Reads section {@code input}. */
    public static InputConfiguration read(ConfigSection section) {
        List<HistoryConfiguration> histories = new ArrayList<>();
        section.namedSections("histories")
                .forEach((name, history) ->
                        histories.add(HistoryConfiguration.read(name, history, section.string("unit"))));
        List<FeatureConfiguration> features = new ArrayList<>();
        section.namedSections("features")
                .forEach((name, feature) -> features.add(FeatureConfiguration.read(name, feature)));
        InputConfiguration input = new InputConfiguration(
                section.sections("logs").stream().map(SourceConfiguration::read).toList(),
                section.flag("incremental", false),
                section.flag("drop-duplicates", false),
                section.sections("joins").stream().map(JoinConfiguration::read).toList(),
                histories,
                Keys.expressions(section, "derived"),
                section.string("filter", "true"),
                section.string("time"),
                SplitConfiguration.read(section.section("split")),
                section.string("unit"),
                Keys.expressions(section, "labels"),
                Set.copyOf(section.strings("amounts", List.of())),
                Set.copyOf(section.strings("known-after-serving", List.of())),
                Set.copyOf(section.strings("known-at-serving", List.of())),
                features,
                ContractConfiguration.read(section.section("contract")));
        if (input.incremental && input.split instanceof Shares shares && shares.ofRows()) {
            section.problems()
                    .add(section.fullKey("incremental") + " is true, but "
                            + section.fullKey("split.by") + " is rows, which needs all rows; allowed: "
                            + "split.validation-from and test-from, or by = time-range");
        }
        requireSome(section, "logs", input.logs.isEmpty());
        requireSome(section, "labels", input.labels.isEmpty());
        requireSome(section, "features", features.isEmpty());
        input.amounts.stream()
                .filter(amount -> !input.labels.containsKey(amount))
                .forEach(amount -> section.problems()
                        .add(section.fullKey("amounts"), amount, "a label of input.labels: " + input.labelNames()));
        return input;
    }

    /** What makes encoded rows of the logs' rows, as a hash; not which files the logs are, how rows are split, or checked. */
    String settings(PipelineConfiguration pipelines) {
        return Sha256.hex(String.join(
                        "\n",
                        joins.toString(),
                        histories.toString(),
                        derived.toString(),
                        filter,
                        time,
                        unit,
                        labels.toString(),
                        amounts.toString(),
                        features.toString(),
                        pipelines.toString()))
                .substring(0, 16);
    }

    List<String> labelNames() {
        return List.copyOf(labels.keySet());
    }

    private static void requireSome(ConfigSection section, String key, boolean none) {
        if (none) {
            section.problems().add(section.fullKey(key) + " is missing or empty; allowed: at least one");
        }
    }
}
