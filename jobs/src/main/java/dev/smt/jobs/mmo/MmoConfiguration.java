package dev.smt.jobs.mmo;

import dev.smt.bayes.ThetaRule;
import dev.smt.decision.ProbabilityRule;
import dev.smt.jobs.config.ConfigSection;
import dev.smt.metric.FleetObjective;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import dev.smt.template.Template;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Section {@code mmo}: Multi-Model Optimization.
 *
 * @param techniques names, in the order of the study
 * @param trials N, thetas tried per technique
 * @param batch thetas suggested at once
 * @param initialTrials thetas of the initial design, before the surrogate suggests
 * @param alpha regression threshold, percent NE
 * @param epsilon largest feasible regression rate
 * @param tau smallest aggregate delta of an accepted technique, percent NE
 * @param allowOverCapacity accept techniques whose serving cost exceeds the neutral capacity, and search for them
 * @param thetaRule how theta* is chosen among a technique's trials
 * @param racing when a trial is stopped before all models are evaluated
 * @param leastGain a technique's search stops when its next trial is expected to gain less, percent NE; 0: never
 * @param warmStart learn from the trials of earlier studies of the same technique in the warehouse
 * @param regressionRule what decides: the observed deltas, or the probability of what they are measurements of
 * @param replicates most fresh replicates of theta* per technique, until the probability rule's verdict is clear
 * @param certainty of that rule, over all looks at the replicates together
 * @param rowsShare share of the training rows that the search's trials see; empty: a pilot chooses it. Below 1, theta* is
 *     trained again on all rows, and these trainings decide
 * @param seed of suggestions and trainings
 */
public record MmoConfiguration(
        List<String> techniques,
        int trials,
        int batch,
        int initialTrials,
        double alpha,
        double epsilon,
        double tau,
        boolean allowOverCapacity,
        ThetaRule thetaRule,
        Racing racing,
        double leastGain,
        boolean warmStart,
        RegressionRule regressionRule,
        int replicates,
        double certainty,
        OptionalDouble rowsShare,
        long seed) {
    /** Most fresh replicates per technique, unless it is configured. */
    public static final int DEFAULT_REPLICATES = 3;

    private static final int DEFAULT_TRIALS = 12;
    private static final String AUTO = "auto";

    public MmoConfiguration {
        techniques = List.copyOf(techniques);
    }

    private static OptionalDouble rowsShare(ConfigSection section) {
        String given = section.string("rows-share", "1");
        if (given.equals(AUTO)) {
            return OptionalDouble.empty();
        }
        try {
            double share = Double.parseDouble(given);
            if (share > 0 && share <= 1) {
                return OptionalDouble.of(share);
            }
        } catch (NumberFormatException noNumber) {
            // Told below.
        }
        section.problems().add(section.fullKey("rows-share"), given, "above 0 to 1, or auto");
        return OptionalDouble.of(1);
    }

    /** How much more FLOPs than its baseline a model from a template may have, a share; infinite where that is not limited. */
    public double capacityTolerance(Template template) {
        return allowOverCapacity ? Double.POSITIVE_INFINITY : template.serving().capacityTolerance();
    }

    public static MmoConfiguration read(ConfigSection section) {
        List<String> known = Techniques.all().stream().map(Technique::name).toList();
        List<String> names = section.strings("techniques", known);
        for (String name : names) {
            if (!known.contains(name)) {
                section.problems().add(section.fullKey("techniques"), name, String.join(", ", known));
            }
        }
        if (new LinkedHashSet<>(names).size() != names.size()) {
            section.problems().add(section.fullKey("techniques"), names.toString(), "each technique once");
        }
        RegressionRule rule =
                RegressionRule.valueOf(section.choice("regression-rule", List.of("paper", "probability"), "paper")
                        .toUpperCase(Locale.ROOT));
        boolean byProbability = rule == RegressionRule.PROBABILITY;
        Racing racing = Racing.valueOf(section.choice("racing", List.of("off", "lossless", "bound"), "off")
                .toUpperCase(Locale.ROOT));
        if (byProbability && racing != Racing.OFF) {
            section.problems()
                    .add(
                            section.fullKey("racing"),
                            racing.name().toLowerCase(Locale.ROOT),
                            "off with regression-rule = \"probability\": what was observed to regress need not regress");
        }
        int trials = section.integer("trials", DEFAULT_TRIALS, value -> value >= 1, "1 or more");
        return new MmoConfiguration(
                names,
                trials,
                section.integer("batch", 2, value -> value >= 1, "1 or more"),
                section.integer("initial-trials", Math.max(2, trials / 3), value -> value >= 2, "2 or more"),
                section.real(
                        "alpha",
                        FleetObjective.DEFAULT_ALPHA,
                        value -> value >= 0 && Double.isFinite(value),
                        "0 or more (percent NE)"),
                section.real("epsilon", FleetObjective.DEFAULT_EPSILON, value -> value >= 0 && value <= 1, "0 to 1"),
                section.real("tau", FleetObjective.DEFAULT_TAU, Double::isFinite, "finite (percent NE)"),
                section.flag("allow-over-capacity", false),
                ThetaRule.valueOf(section.choice("theta-star", List.of("posterior", "paper"), "posterior")
                        .toUpperCase(Locale.ROOT)),
                racing,
                section.real("least-gain", 0, value -> value >= 0 && Double.isFinite(value), "0 or more (percent NE)"),
                section.flag("warm-start", false),
                rule,
                byProbability
                        ? section.integer("replicates", DEFAULT_REPLICATES, value -> value >= 1, "1 or more")
                        : section.integer("replicates", 0, value -> value >= 0, "0 or more"),
                section.real(
                        "certainty", ProbabilityRule.SURE, value -> value > 0.5 && value < 1, "above 0.5 and below 1"),
                rowsShare(section),
                section.whole("seed", 1, value -> true, "any whole number"));
    }
}
