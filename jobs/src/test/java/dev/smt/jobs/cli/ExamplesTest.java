package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.smt.jobs.Smt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The help of every command has an example of it that the program accepts: all options exist, none that it needs lacks. */
class ExamplesTest {
    /** What stands before a command of this program: its launcher, or options of spark-submit that end with two hyphens. */
    private static final Pattern COMMAND = Pattern.compile("  (?:smt|deploy/spark/submit .* --) (?<arguments>.*)");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    static Stream<CommandLine> commands() {
        return below(Smt.commandLine());
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().distinct().flatMap(ExamplesTest::below));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasExamplesThatAreAccepted(CommandLine command) {
        List<String> footer =
                Arrays.asList(command.getCommandSpec().usageMessage().footer());
        assertThat(footer).anyMatch(line -> line.matches("Examples?.*:"));
        List<List<String>> examples = footer.stream()
                .map(COMMAND::matcher)
                .filter(Matcher::matches)
                .map(found -> words(found.group("arguments").replaceFirst(" *[>#].*", "")))
                .toList();
        String path = command.getCommandSpec().qualifiedName(" ").replaceFirst("^smt ?", "");
        assertThat(examples).anyMatch(words -> String.join(" ", words).startsWith(path));
        for (List<String> words : examples) {
            assertThatCode(() -> Smt.commandLine().parseArgs(words.toArray(String[]::new)))
                    .as("smt " + String.join(" ", words))
                    .doesNotThrowAnyException();
        }
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return words;
    }
}
