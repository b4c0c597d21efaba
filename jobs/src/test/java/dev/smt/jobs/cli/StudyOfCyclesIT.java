package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smt.jobs.table.FragmentedIterationRow;
import dev.smt.jobs.table.ModelIterationRow;
import dev.smt.jobs.table.RunRow;
import dev.smt.jobs.table.StudyCycleRow;
import dev.smt.jobs.table.StudyFindingRow;
import dev.smt.jobs.table.StudyModelRow;
import dev.smt.jobs.table.StudyResultRow;
import dev.smt.jobs.table.TechniqueRemovalRow;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code smt study}: two cycles beside tuning each model alone, on the tiny world. */
class StudyOfCyclesIT {
    private static final List<String> STUDY = List.of(
            "study.cycles=[{techniques=[label-smoothing]},{techniques=[dropout]}]",
            "study.verdict-seeds=1",
            "importance.knee=[]",
            "importance.compared-methods=[]",
            "evaluation.segments=[]",
            "evaluation.unseen-share=0.5",
            "iterate.tuning-trials=0");

    private static Path warehouse;
    private static String plan;
    private static String output;
    private static ResultTables tables;

    @BeforeAll
    static void runTheStudy() {
        warehouse = TinyWorld.copyBeforeMmo("study-of-cycles");
        plan = dryRun();
        output = CommandRun.onTinyWorld(List.of("study"), settings()).succeeds().out();
        tables = ResultTables.of(warehouse);
    }

    private static String dryRun() {
        return CommandRun.onTinyWorld(List.of("study", "--dry-run"), settings())
                .succeeds()
                .out();
    }

    private static String[] settings() {
        return Stream.concat(Stream.of(TinyWorld.warehouse(warehouse)), STUDY.stream())
                .toArray(String[]::new);
    }

    @Test
    void bothWaysHaveARowPerCycleAndNoWayTookMoreTrainings() {
        List<JsonNode> cycles = tables.of(StudyCycleRow.TABLE);
        assertThat(cycles)
                .extracting(row -> row.get("way").asText() + row.get("cycle").asInt())
                .containsExactlyInAnyOrder("templates1", "templates2", "fragmented1", "fragmented2");
        for (int cycle : List.of(1, 2)) {
            int byTemplates = trainings(cycles, "templates", cycle);
            assertThat(byTemplates).isPositive();
            assertThat(trainings(cycles, "fragmented", cycle)).isPositive().isLessThanOrEqualTo(byTemplates);
        }
        tables.of(FragmentedIterationRow.TABLE)
                .forEach(row -> assertThat(row.get("trainings").asInt())
                        .isLessThanOrEqualTo(row.get("budget").asInt()));
    }

    @Test
    void aDryRunSaysHowManyTrainingsEachWayMayTake() {
        List<JsonNode> cycles = tables.of(StudyCycleRow.TABLE);
        for (int cycle : List.of(1, 2)) {
            for (String step : List.of("importance", "mmo", "holdout", "backtest", "iterate")) {
                assertThat(plan).containsPattern("cycle " + cycle + ": " + step + " +runs; train");
            }
            Matcher most = Pattern.compile("cycle " + cycle + ": fragmented +runs; trainings: at most ([0-9,]+)")
                    .matcher(plan);
            assertThat(most.find()).as(plan).isTrue();
            int allowed = Integer.parseInt(most.group(1).replace(",", ""));
            assertThat(trainings(cycles, "templates", cycle)).isLessThanOrEqualTo(allowed);
            assertThat(trainings(cycles, "fragmented", cycle)).isLessThanOrEqualTo(allowed);
        }
    }

    @Test
    void aDryRunOfAStudyThatIsDoneTrainsNothing() {
        assertThat(dryRun()).contains("in all: 0 trainings").doesNotContain("runs;");
    }

    @Test
    void theBudgetOfTheFragmentedWayIsWhatTheTemplatesTook() {
        for (int cycle : List.of(1, 2)) {
            int budget = tables.where(
                            FragmentedIterationRow.TABLE,
                            row -> row.get("cycle").asInt() == cycle)
                    .mapToInt(row -> row.get("budget").asInt())
                    .sum();
            assertThat(budget).isEqualTo(trainings(tables.of(StudyCycleRow.TABLE), "templates", cycle));
        }
    }

    @Test
    void theSecondCycleBuildsOnTheFirst() {
        assertThat(latestVersion(2)).isGreaterThan(latestVersion(1));
        tables.where(FragmentedIterationRow.TABLE, row -> row.get("cycle").asInt() == 2)
                .forEach(row -> {
                    JsonNode before = tables.where(
                                    FragmentedIterationRow.TABLE,
                                    other -> other.get("cycle").asInt() == 1
                                            && other.get("model_id").equals(row.get("model_id")))
                            .findFirst()
                            .orElseThrow();
                    assertThat(row.get("techniques").size())
                            .isEqualTo(before.get("techniques").size()
                                    + row.get("added").asInt());
                });
    }

    @Test
    void unseenRowsHaveDeltasOfTheirOwn() {
        tables.where(ModelIterationRow.TABLE, row -> !row.get("ne_delta").isNull())
                .forEach(row -> {
                    assertThat(row.get("unseen_delta").asDouble()).isBetween(-100.0, 100.0);
                    double ne = row.get("ne").asDouble();
                    double base = row.get("ne_base").asDouble();
                    assertThat(row.get("ne_delta").asDouble()).isCloseTo(100 * (base - ne) / base, within(1e-9));
                });
    }

    @Test
    void everyModelHasAResultOfBothWaysAndWhatDidNotChangeGainedNothing() {
        List<JsonNode> results = tables.of(StudyResultRow.TABLE);
        assertThat(results).hasSize(2 * TinyWorld.MODELS);
        results.stream()
                .filter(row -> !row.get("changed").asBoolean())
                .forEach(row -> assertThat(row.get("ne_delta").asDouble()).isZero());
        assertThat(results.stream().filter(row -> row.get("changed").asBoolean()))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.get("ne_delta_se").asDouble()).isPositive());
        assertThat(tables.of(StudyFindingRow.TABLE))
                .extracting(row -> row.get("finding").asText())
                .contains("H1-performance", "H2-efficiency", "total-gain", "pairs-per-training");
        assertThat(tables.of(StudyModelRow.TABLE)).hasSize(TinyWorld.MODELS);
        assertThat(output).contains("H1-performance, both:", "cycle 2, fragmented:");
    }

    @Test
    void everyTechniqueThatStayedWasTakenOutOnce() {
        assertThat(tables.of(TechniqueRemovalRow.TABLE)).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get("verdict").asText()).isIn("KEEP", "REMOVE", "OPEN");
            assertThat(row.get("mu").asDouble()).isBetween(-100.0, 100.0);
        });
    }

    @Test
    void runAgainItDoesNothingAnew() {
        long runs = finishedRuns(tables);
        String again =
                CommandRun.onTinyWorld(List.of("study"), settings()).succeeds().out();
        assertThat(again).contains("study-verdict: already done").doesNotContain("trained");
        assertThat(finishedRuns(ResultTables.of(warehouse))).isEqualTo(runs);
    }

    @Test
    void anotherStudyWantsAnotherWarehouse() {
        CommandRun.onTinyWorld(
                        List.of("study"),
                        TinyWorld.warehouse(warehouse),
                        "study.cycles=[{techniques=[dropout]}]",
                        "evaluation.unseen-share=0.5")
                .refusesInput("a study of cycles needs a warehouse of its own");
    }

    private static long finishedRuns(ResultTables some) {
        return some.where(RunRow.TABLE, row -> row.get("status").asText().equals(RunRow.DONE))
                .count();
    }

    private static int trainings(List<JsonNode> cycles, String way, int cycle) {
        return cycles.stream()
                .filter(row ->
                        row.get("way").asText().equals(way) && row.get("cycle").asInt() == cycle)
                .mapToInt(row -> row.get("trainings").asInt())
                .sum();
    }

    private static int latestVersion(int cycle) {
        return tables.where(ModelIterationRow.TABLE, row -> row.get("cycle").asInt() == cycle)
                .mapToInt(row -> row.get("version").asInt())
                .max()
                .orElseThrow();
    }
}
