package dev.smt.jobs.profile;

import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The configuration that guesses amount to, with comments for the person who goes on from it. */
public final class ConfigurationText {
    private static final String USUAL_TECHNIQUES = "cross-network, learning-rates, label-smoothing";

    private static final int MOST_REPRESENTATIVES = 16;

    private final Guesses guesses;
    private final String warehouse;

    /** @param warehouse folder of the result tables */
    public ConfigurationText(Guesses guesses, String warehouse) {
        this.guesses = guesses;
        this.warehouse = warehouse;
    }

    /** The whole file. */
    public String text() {
        List<String> lines = new ArrayList<>();
        head(lines);
        input(lines);
        fleet(lines);
        study(lines);
        return String.join("\n", lines) + "\n";
    }

    private void head(List<String> lines) {
        DataProfile data = guesses.data();
        lines.add("# Written by smt init, which looked at " + count(data.sampled()) + " of " + count(data.rows())
                + " rows. Lines with CHECK are yours to judge:");
        guesses.checks().forEach(check -> lines.add("#   " + check));
        lines.add("# Every key is explained in docs/ingest.md; how to go on from here, in docs/own-data.md.");
        lines.add("");
        lines.add("warehouse = " + quoted(warehouse));
        lines.add("");
    }

    private void input(List<String> lines) {
        DataProfile data = guesses.data();
        String options = data.options().entrySet().stream()
                .map(option -> ConfigUtil.quoteString(option.getKey()) + " = " + quoted(option.getValue()))
                .collect(Collectors.joining(", "));
        lines.add("input {");
        lines.add("  logs = [{path = " + quoted(data.path()) + ", format = " + data.format()
                + (options.isEmpty() ? "" : ", options = {" + options + "}") + "}]");
        lines.add("");
        lines.add("  # " + guesses.time().why() + "; times without a zone are UTC");
        lines.add("  time = " + quoted(guesses.time().sql()));
        lines.add(
                "  # Shares of the rows in the order of time: the latest rows are for the back-test, those before for trials.");
        lines.add("  split = {by = rows, validation-share = 0.15, test-share = 0.15}");
        lines.add("");
        lines.add("  # " + (guesses.unit().isPresent() ? "" : "CHECK: the user's column? ")
                + "What stays together when the errors of gains are estimated");
        lines.add("  unit = "
                + quoted(guesses.unit()
                        .map(ColumnProfile::sql)
                        .orElse(guesses.time().sql())));
        lines.add("");
        labels(lines);
        features(lines);
        lines.add("}");
        lines.add("");
    }

    private void labels(List<String> lines) {
        lines.add("  # CHECK: what the models predict; one model each" + (splits().isEmpty() ? "" : " per pipeline"));
        lines.add("  labels {");
        for (ColumnGuess label : guesses.of(Role.LABEL)) {
            lines.add("    " + key(label) + " = " + quoted(label.sql()) + "  # " + label.why());
        }
        guesses.otherLabels().forEach(other -> LabelGuess.of(other)
                .ifPresent(label -> lines.add("    # " + ConfigUtil.joinPath(other.name()) + " = "
                        + quoted(label.sql())
                        + String.format(Locale.ROOT, "  # 0 or 1, too; %.3g %% of the rows", 100 * label.rate()))));
        lines.add("  }");
        lines.add("");
        lines.add("  # Columns that no feature may read, because they are known only after serving");
        lines.add("  known-after-serving = ["
                + guesses.of(Role.OUTCOME).stream()
                        .map(outcome -> quoted(outcome.column().name()))
                        .collect(Collectors.joining(", "))
                + "]");
        lines.add("");
    }

    private void features(List<String> lines) {
        lines.add(
                "  # CHECK: each must be known before the row is served. Sides matter to templates of two towers only.");
        lines.add("  features {");
        guesses.features().forEach(feature -> lines.add("    " + feature(feature)));
        for (ColumnGuess split : splits()) {
            lines.add("    # " + ConfigUtil.joinPath(split.column().name())
                    + " = {type = id, side = context}  # splits the fleet: the same in all rows of a model");
        }
        for (ColumnGuess left : guesses.of(Role.LEFT_OUT)) {
            lines.add("    # left out: " + left.column().name().replaceAll("\\s+", " ") + ", " + left.why());
        }
        lines.add("  }");
    }

    private static String feature(ColumnGuess guess) {
        List<String> settings = new ArrayList<>();
        settings.add("type = "
                + switch (guess.role()) {
                    case NUMERIC -> "numeric";
                    case SEQUENCE -> "event";
                    case VECTOR -> "embedding";
                    default -> "id";
                });
        settings.add("side = " + guess.side());
        if (guess.role() == Role.VECTOR) {
            settings.add("values = vector");
        }
        if (!guess.sql().equals(guess.column().sql())) {
            settings.add("sql = " + quoted(guess.sql()));
        }
        guess.settings().forEach((name, value) -> settings.add(name + " = " + value));
        long distinct = guess.column().distinct();
        String order = guess.role() == Role.SEQUENCE ? "; CHECK: most recent first? Else order = oldest-first" : "";
        return key(guess) + " = {" + String.join(", ", settings) + "}  # " + guess.why()
                + (distinct > 0 ? ", " + count(distinct) + " values" : "") + order;
    }

    private void fleet(List<String> lines) {
        List<ColumnGuess> splits = splits();
        lines.add("# The fleet: a model for each label and pipeline with enough rows, about " + guesses.models()
                + " models. smt fleet validate says exactly.");
        if (splits.isEmpty()) {
            lines.add("# CHECK: no column suggests how to split the rows; by = [column] makes a pipeline per value.");
            lines.add("pipelines {list = [{name = all}]}");
        } else {
            lines.add("# CHECK: is there a model for each of these? Other columns may stand here, and several.");
            lines.add("pipelines {by = [" + names(splits) + "]}");
        }
        lines.add("");
        lines.addAll(
                List.of(
                        "fleet {",
                        "  grid {",
                        "    labels = ["
                                + guesses.of(Role.LABEL).stream()
                                        .map(ConfigurationText::key)
                                        .collect(Collectors.joining(", "))
                                + "]",
                        "    # With fewer rows the noise of a model's gain hides what a technique does.",
                        "    min-rows = " + FleetSplit.MIN_ROWS,
                        "    min-positives = " + FleetSplit.MIN_OF_A_CLASS,
                        "    min-negatives = " + FleetSplit.MIN_OF_A_CLASS,
                        "",
                        "    # What the models are, by which representatives are chosen: SQL over label, pipeline, rows, positives"));
        lines.add("    # and the columns of pipelines.by. Constants say nothing; put in what you know.");
        lines.addAll(List.of(
                "    attributes {",
                "      surface = " + quoted(surface(splits)),
                "      stage = \"'ranking'\"          # or 'pre-ranking', 'retrieval'",
                "      hardware = \"'cpu'\"           # what serves the model",
                "      flops = \"1e6\"                # of serving one example; with the stage it chooses the template",
                "      data-constraint = \"'full'\"   # one of the constraints below",
                "    }",
                "  }",
                "  # What a model may not read, such as restricted {exclude-features = [age], exclude-sides = [user]}",
                "  constraints {full {}}",
                "}",
                ""));
    }

    private void study(List<String> lines) {
        boolean sequences = !guesses.of(Role.SEQUENCE).isEmpty();
        int least = leastRepresentatives();
        lines.addAll(List.of(
                "# The techniques are tried on these few; a share of each cluster's other models then checks what they decided.",
                "representatives {k-min = " + least + ", k-max = " + MOST_REPRESENTATIVES + ", holdout-share = 0.3}",
                "",
                "mmo {",
                "  # smt technique list says what else can be tried",
                "  techniques = [" + USUAL_TECHNIQUES + (sequences ? ", history-pooling, recency-weighting" : "") + "]",
                "  # Thetas per technique, each trained on every representative: the cost of the study. Try 3 first.",
                "  trials = 12",
                "  # Share of the representatives that a technique may make worse. The paper has 0.1: none of fewer than ten.",
                "  epsilon = "
                        + (least < 4 ? "0.1" : String.format(Locale.ROOT, "%.2f", Math.ceil(100.0 / least) / 100)),
                "  # false: techniques that make serving more costly are not accepted",
                "  allow-over-capacity = true",
                "}"));
    }

    /** Half of a small fleet: the elbow alone would leave two, and two models judge nothing. */
    private int leastRepresentatives() {
        return Math.max(2, Math.min(MOST_REPRESENTATIVES / 2, guesses.models() / 2));
    }

    private List<ColumnGuess> splits() {
        return guesses.of(Role.SPLIT);
    }

    private static String surface(List<ColumnGuess> splits) {
        return splits.isEmpty()
                ? "'all'"
                : "coalesce(cast(" + splits.get(0).column().sql() + " as string), 'none')";
    }

    private static String names(List<ColumnGuess> guesses) {
        return guesses.stream().map(guess -> quoted(guess.column().name())).collect(Collectors.joining(", "));
    }

    private static String key(ColumnGuess guess) {
        return ConfigUtil.joinPath(guess.column().name());
    }

    private static String quoted(String text) {
        return ConfigUtil.quoteString(text);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
