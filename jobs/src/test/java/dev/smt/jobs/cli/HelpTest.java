package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.Smt;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command explains itself; the commands on techniques need no configuration. */
class HelpTest {
    private static final Pattern CELL = Pattern.compile("(?:^|,)(\"(?:[^\"]|\"\")*\"|[^,\"]*)");

    static Stream<List<String>> commands() {
        return commands(Smt.commandLine(), List.of());
    }

    private static Stream<List<String>> commands(CommandLine command, List<String> path) {
        return Stream.concat(
                Stream.of(path), command.getSubcommands().entrySet().stream().flatMap(entry -> {
                    List<String> longer = new ArrayList<>(path);
                    longer.add(entry.getKey());
                    return commands(entry.getValue(), longer);
                }));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpNamesTheOptionsAndTheSubcommands(List<String> path) {
        CommandLine command = Smt.commandLine();
        for (String name : path) {
            command = command.getSubcommands().get(name);
        }
        String help = CommandRun.of(
                        Stream.concat(path.stream(), Stream.of("--help")).toArray(String[]::new))
                .succeeds()
                .out();
        assertThat(help)
                .startsWith("Usage: "
                        + String.join(
                                " ",
                                Stream.concat(Stream.of("smt"), path.stream()).toList()));
        assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
        command.getCommandSpec().options().forEach(option -> assertThat(help).contains(option.longestName()));
        command.getCommandSpec().positionalParameters().forEach(parameter -> assertThat(help)
                .contains(parameter.paramLabel()));
        command.getSubcommands().keySet().forEach(name -> assertThat(help).contains("  " + name));
    }

    @Test
    void theStepsAreListedInTheOrderOfTheCycle() {
        assertThat(CommandRun.of("--help").out())
                .containsSubsequence(
                        "  ingest ",
                        "  representatives ",
                        "  importance ",
                        "  mmo ",
                        "  holdout ",
                        "  sensitivity ",
                        "  integrate ",
                        "  backtest ",
                        "  iterate ");
    }

    @Test
    void versionIsPrinted() {
        assertThat(CommandRun.of("--version").succeeds().out()).isEqualTo(Smt.VERSION + "\n");
    }

    @Test
    void techniqueListAsCsvHasOneLineOfFiveCellsPerTechnique() {
        List<List<String>> lines = CommandRun.of("technique", "list", "--format", "csv")
                .succeeds()
                .out()
                .lines()
                .map(HelpTest::cells)
                .toList();
        assertThat(lines.get(0)).containsExactly("technique", "kind", "templates", "search_space", "paper");
        assertThat(lines.subList(1, lines.size()))
                .extracting(cells -> cells.get(0))
                .containsExactlyElementsOf(
                        Techniques.all().stream().map(Technique::name).toList());
        assertThat(lines).allSatisfy(cells -> assertThat(cells).hasSize(5).doesNotContain(""));
    }

    @Test
    void techniqueShowNamesParametersDefaultsAndPaper() {
        for (Technique technique : Techniques.all()) {
            String out = CommandRun.of("technique", "show", technique.name())
                    .succeeds()
                    .out();
            assertThat(out).startsWith(technique.name() + " (version ").contains(technique.paper());
            technique.searchSpace().parameters().forEach(parameter -> assertThat(out.lines())
                    .anyMatch(line -> line.startsWith("  " + parameter.name() + " ")
                            && line.contains(", default ")
                            && !line.endsWith("null")));
        }
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        Matcher matcher = CELL.matcher(line);
        while (matcher.find()) {
            String cell = matcher.group(1);
            cells.add(
                    cell.startsWith("\"") ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"") : cell);
        }
        return cells;
    }
}
