package dev.smt.jobs.generate;

import dev.smt.fleet.RankingStage;
import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.ConfigSection;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A synthetic ad world: its size, and how strong each planted effect is. {@code docs/generate.md} explains the keys.
 *
 * @param rows impressions, 1 or more
 * @param users distinct users, 1 or more; each lives in one country
 * @param ads distinct ads, 1 or more; each has one category
 * @param categories of ads, 2 or more
 * @param surfaces product surfaces; the user histories matter on the first, third, ..., and effects drift on the
 *     second, fourth, ...
 * @param countries with the surfaces they make the data pipelines
 * @param days length of the period, 3 or more
 * @param start first day, in UTC
 * @param seed of everything
 * @param models in the fleet
 * @param clusters that the models are drawn from
 * @param stages ranking stages that the clusters take in turn
 * @param flopsJitter half-width of log10(FLOPs) within a cluster, in decades
 * @param features how many of each type, and how many of them matter
 * @param effects standard deviations on the logit
 * @param baseRates of the labels
 * @param writeProbabilities whether the true probabilities are written too, in a folder of their own
 * @param overwrite whether an earlier world in the output folder is replaced
 * @param partitions Spark tasks and files; 0: as many as Spark's default parallelism
 */
public record GenerateConfiguration(
        long rows,
        int users,
        int ads,
        int categories,
        List<String> surfaces,
        List<String> countries,
        int days,
        LocalDate start,
        long seed,
        int models,
        int clusters,
        List<RankingStage> stages,
        double flopsJitter,
        FeatureCounts features,
        Effects effects,
        BaseRates baseRates,
        boolean writeProbabilities,
        boolean overwrite,
        int partitions)
        implements Serializable {

    /** How many features of a type there are, and how many of them the labels depend on. */
    public record FeatureCount(int count, int informative) implements Serializable {}

    /** The features by type. */
    public record FeatureCounts(FeatureCount numeric, FeatureCount id, FeatureCount transform, FeatureCount event)
            implements Serializable {}

    /**
     * Planted effects: standard deviations on the logit, except where it says otherwise.
     *
     * @param numeric of all numeric features together
     * @param id of all id features together
     * @param transform of all transform features together
     * @param ad of the ad's own appeal
     * @param interaction of the product of two sums of two numeric features, on click and conversion
     * @param history of the categories among the latest entries of the informative histories, together
     * @param historyWindow how many of the latest entries count
     * @param historyLength longest history
     * @param drift of the drifting id feature, on the surfaces where it drifts
     * @param driftTurns half turns of the drift over the period: 1 reverses the effect
     */
    public record Effects(
            double numeric,
            double id,
            double transform,
            double ad,
            double interaction,
            double history,
            int historyWindow,
            int historyLength,
            double drift,
            double driftTurns)
            implements Serializable {}

    /** Share of the impressions with each label. */
    public record BaseRates(double click, double conversion, double like, double hide) implements Serializable {}

    public GenerateConfiguration {
        surfaces = List.copyOf(surfaces);
        countries = List.copyOf(countries);
        stages = List.copyOf(stages);
    }

    /** Reads the section {@code generate}; problems go to the section's problems. */
    public static GenerateConfiguration read(ConfigSection section) {
        FeatureCounts features = readFeatures(section.section("features"));
        GenerateConfiguration configuration = new GenerateConfiguration(
                section.whole("rows", 60_000, value -> value >= 1, "a whole number, 1 or more"),
                section.integer("users", 3_000, value -> value >= 1, "1 or more"),
                section.integer("ads", 150, value -> value >= 1, "1 or more"),
                section.integer("categories", 10, value -> value >= 2, "2 or more"),
                section.strings("surfaces", List.of("feed", "search", "reels")),
                section.strings("countries", List.of("br", "us")),
                section.integer("days", 14, value -> value >= 3, "3 or more: to train, to validate, to test"),
                readStart(section),
                section.whole("seed", 1, value -> true, "a whole number"),
                section.integer("models", 24, value -> value >= 1, "1 or more"),
                section.integer("clusters", 6, value -> value >= 1, "1 or more"),
                readStages(section),
                section.real("flops-jitter", 0.04, value -> value >= 0 && value <= 0.1, "0 to 0.1 (decades)"),
                features,
                readEffects(section.section("effects")),
                readBaseRates(section.section("base-rates")),
                section.flag("write-probabilities", false),
                section.flag("overwrite", false),
                section.integer("partitions", 0, value -> value >= 0, "0 (Spark's default) or more"));
        configuration.reportContradictions(section);
        return configuration;
    }

    private void reportContradictions(ConfigSection section) {
        ConfigProblems problems = section.problems();
        reportNames(problems, section.fullKey("surfaces"), surfaces);
        reportNames(problems, section.fullKey("countries"), countries);
        reportNames(problems, section.fullKey("stages"), stages);
        int prototypes = surfaces.size() * PlantedLabel.EVENTS.size() * stages.size();
        if (prototypes > 0 && clusters > prototypes) {
            problems.add(
                    section.fullKey("clusters"),
                    clusters,
                    "at most " + prototypes + " = surfaces x " + PlantedLabel.EVENTS.size()
                            + " events x stages; name more surfaces or stages");
        }
        int perCluster = countries.size() * PlantedLabel.LABELS_PER_EVENT;
        if (models > (long) clusters * perCluster || models < clusters) {
            problems.add(
                    section.fullKey("models"),
                    models,
                    clusters + " (one of each cluster) to " + (long) clusters * perCluster
                            + " = clusters x countries x " + PlantedLabel.LABELS_PER_EVENT
                            + " labels; name more countries or raise clusters");
        }
        if (effects.interaction() > 0 && features.numeric().informative() < 4) {
            problems.add(
                    section.fullKey("effects.interaction"),
                    effects.interaction(),
                    "0 where features.numeric.informative is below 4: the interaction is planted on four of them");
        }
        if (effects.historyWindow() > effects.historyLength()) {
            problems.add(
                    section.fullKey("effects.history-window"),
                    effects.historyWindow(),
                    "at most effects.history-length = " + effects.historyLength());
        }
    }

    private static void reportNames(ConfigProblems problems, String key, List<?> names) {
        if (names.isEmpty() || new LinkedHashSet<>(names).size() != names.size()) {
            problems.add(key, names, "at least one, none twice");
        }
        for (Object name : names) {
            if (name instanceof String text && !text.matches("[a-z][a-z0-9_]*")) {
                problems.add(key, text, "names of small letters, digits and _, that start with a letter");
            }
        }
    }

    private static LocalDate readStart(ConfigSection section) {
        String text = section.string("start", "2026-01-05");
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException wrong) {
            section.problems().add(section.fullKey("start"), text, "a date such as 2026-01-05");
            return LocalDate.of(2026, 1, 5);
        }
    }

    private static List<RankingStage> readStages(ConfigSection section) {
        List<RankingStage> stages = new ArrayList<>();
        for (String label : section.strings("stages", List.of("ranking", "pre-ranking"))) {
            try {
                stages.add(RankingStage.ofLabel(label));
            } catch (IllegalArgumentException wrong) {
                section.problems().add(section.fullKey("stages") + ": " + wrong.getMessage());
            }
        }
        return stages;
    }

    private static FeatureCounts readFeatures(ConfigSection section) {
        return new FeatureCounts(
                readCount(section, "numeric", 20, 6),
                readCount(section, "id", 10, 4),
                readCount(section, "transform", 4, 2),
                readCount(section, "event", 3, 1));
    }

    private static FeatureCount readCount(ConfigSection features, String type, int count, int informative) {
        ConfigSection section = features.section(type);
        int total = section.integer("count", count, value -> value >= 1, "1 or more");
        int most = Math.min(informative, total);
        return new FeatureCount(
                total,
                section.integer(
                        "informative",
                        most,
                        value -> value >= 1 && value <= total,
                        "1 to " + section.fullKey("count") + " = " + total));
    }

    private static Effects readEffects(ConfigSection section) {
        return new Effects(
                strength(section, "numeric", 0.8),
                strength(section, "id", 0.8),
                strength(section, "transform", 0.5),
                strength(section, "ad", 0.3),
                strength(section, "interaction", 1.0),
                strength(section, "history", 0.7),
                section.integer("history-window", 5, value -> value >= 1, "1 or more"),
                section.integer("history-length", 20, value -> value >= 1, "1 or more"),
                strength(section, "drift", 0.9),
                section.real("drift-turns", 1, value -> value >= 0 && value <= 10, "0 to 10"));
    }

    private static double strength(ConfigSection section, String key, double fallback) {
        return section.real(key, fallback, value -> value >= 0 && value <= 5, "0 to 5");
    }

    private static BaseRates readBaseRates(ConfigSection section) {
        return new BaseRates(
                rate(section, "click", 0.30),
                rate(section, "conversion", 0.08),
                rate(section, "like", 0.15),
                rate(section, "hide", 0.05));
    }

    private static double rate(ConfigSection section, String key, double fallback) {
        return section.real(key, fallback, value -> value >= 0.001 && value <= 0.999, "0.001 to 0.999");
    }
}
