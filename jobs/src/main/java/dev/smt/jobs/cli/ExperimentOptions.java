package dev.smt.jobs.cli;

import dev.smt.jobs.experiment.ControlledQuery;
import dev.smt.jobs.experiment.ControlledQuery.PerUnit;
import dev.smt.jobs.experiment.LoggedQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The options of {@code ab} that say what the columns are. */
public final class ExperimentOptions {
    private static final String COLUMN = "COLUMN";

    @Option(names = "--logged", description = "The input is a log of choices made with known probabilities.")
    private boolean logged;

    @Option(
            names = "--unit",
            paramLabel = COLUMN,
            description =
                    "What was assigned to an arm, such as the user; its rows become one number. With --logged: whose"
                            + " rows are not independent (default: every row is).")
    private Optional<String> unit;

    @Option(names = "--arm", paramLabel = COLUMN, description = "The unit's arm.")
    private Optional<String> arm;

    @Option(names = "--metric", paramLabel = COLUMN, description = "A number per row.")
    private Optional<String> metric;

    @Option(
            names = "--per-unit",
            description = "How a unit's rows become its metric: ${COMPLETION-CANDIDATES} (default: mean).")
    private Optional<PerUnit> perUnit;

    @Option(
            names = "--covariate",
            paramLabel = COLUMN,
            description = "A number from before the experiment, by which CUPED makes the intervals shorter.")
    private Optional<String> covariate;

    @Option(
            names = "--control",
            paramLabel = "ARM",
            description = "The arm to compare with (default: the arm named control, else the first).")
    private Optional<String> control;

    @Option(
            names = "--shares",
            split = ",",
            paramLabel = "ARM=SHARE",
            description = "The planned shares of units, such as A=0.9,B=0.1 (default: equal).")
    private Map<String, Double> shares = new LinkedHashMap<>();

    @Option(names = "--action", paramLabel = COLUMN, description = "The choice, by which unusable rows are named.")
    private Optional<String> action;

    @Option(names = "--reward", paramLabel = COLUMN, description = "What the choice earned.")
    private Optional<String> reward;

    @Option(
            names = "--propensity",
            paramLabel = COLUMN,
            description = "The probability with which the logging policy made the choice.")
    private Optional<String> propensity;

    @Option(
            names = "--target-propensity",
            paramLabel = COLUMN,
            description = "The probability with which the target policy would have made it.")
    private Optional<String> targetPropensity;

    @Option(
            names = "--prediction",
            paramLabel = COLUMN,
            description = "A model's prediction of the reward of the choice, for dm and dr.")
    private Optional<String> prediction;

    @Option(
            names = "--target-prediction",
            paramLabel = COLUMN,
            description = "Its mean over the choices of the target policy.")
    private Optional<String> targetPrediction;

    @Option(names = "--clip", paramLabel = "WEIGHT", description = "The largest weight; larger ones are cut.")
    private Optional<Double> clip;

    @Option(
            names = "--experiment",
            paramLabel = COLUMN,
            description = "Tells several experiments in one input apart; each is evaluated by itself.")
    private Optional<String> experiment;

    @Option(
            names = "--offline",
            paramLabel = COLUMN,
            description = "The NE delta (percent) that the change had offline: a number, or constant in each arm.")
    private Optional<String> offline;

    @Option(names = "--level", defaultValue = "0.95", description = "Of the intervals (default: ${DEFAULT-VALUE}).")
    private double level;

    boolean logged() {
        return logged;
    }

    double level() {
        return level;
    }

    /** The metric or reward, as it was given. */
    String metric() {
        return logged ? reward.orElseThrow() : metric.orElseThrow();
    }

    /** What is wrong with the options together. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Map<String, Optional<?>> controlledOnly = new LinkedHashMap<>();
        controlledOnly.put("--arm", arm);
        controlledOnly.put("--metric", metric);
        controlledOnly.put("--per-unit", perUnit);
        controlledOnly.put("--covariate", covariate);
        controlledOnly.put("--control", control);
        controlledOnly.put("--shares", shares.isEmpty() ? Optional.empty() : Optional.of(shares));
        Map<String, Optional<?>> loggedOnly = new LinkedHashMap<>();
        loggedOnly.put("--action", action);
        loggedOnly.put("--reward", reward);
        loggedOnly.put("--propensity", propensity);
        loggedOnly.put("--target-propensity", targetPropensity);
        loggedOnly.put("--prediction", prediction);
        loggedOnly.put("--target-prediction", targetPrediction);
        loggedOnly.put("--clip", clip);
        if (logged) {
            missing(problems, loggedOnly, List.of("--reward", "--propensity", "--target-propensity"));
            foreign(problems, controlledOnly, "belongs to an A/B test; leave it or --logged out");
        } else {
            controlledOnly.put("--unit", unit);
            missing(problems, controlledOnly, List.of("--unit", "--arm", "--metric"));
            foreign(problems, loggedOnly, "belongs to logged choices; add --logged or leave it out");
        }
        values(problems);
        return problems;
    }

    private static void missing(List<String> problems, Map<String, Optional<?>> options, List<String> required) {
        required.stream()
                .filter(name -> options.get(name).isEmpty())
                .forEach(name -> problems.add(name + " is missing; expected: a column of the input or an expression"));
    }

    private static void foreign(List<String> problems, Map<String, Optional<?>> options, String why) {
        options.forEach((name, value) -> value.ifPresent(given -> problems.add(name + " " + why)));
    }

    private void values(List<String> problems) {
        if (prediction.isPresent() != targetPrediction.isPresent()) {
            problems.add("--prediction and --target-prediction belong together; one of them is missing");
        }
        if (!(level > 0 && level < 1)) {
            problems.add("--level is " + level + "; allowed: a number above 0, below 1");
        }
        clip.filter(weight -> !(weight > 0))
                .ifPresent(weight -> problems.add("--clip is " + weight + "; allowed: a number above 0"));
        shares.forEach((name, share) -> {
            if (!(share > 0 && share < Double.POSITIVE_INFINITY)) {
                problems.add("--shares is " + name + "=" + share + "; allowed: numbers above 0");
            }
        });
    }

    /** The query of an A/B test; without problems only. */
    ControlledQuery controlledQuery() {
        return new ControlledQuery(
                unit.orElseThrow(),
                arm.orElseThrow(),
                metric.orElseThrow(),
                perUnit.orElse(PerUnit.mean),
                covariate,
                experiment,
                offline,
                control,
                new TreeMap<>(shares),
                level);
    }

    /** The query of logged choices; without problems only. */
    LoggedQuery loggedQuery() {
        return new LoggedQuery(
                reward.orElseThrow(),
                propensity.orElseThrow(),
                targetPropensity.orElseThrow(),
                action,
                prediction,
                targetPrediction,
                unit,
                experiment,
                offline,
                clip.orElse(Double.POSITIVE_INFINITY),
                level);
    }
}
