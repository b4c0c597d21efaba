package dev.smt.technique;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.search.Parameter;
import dev.smt.search.Parameter.Categorical;
import dev.smt.search.Parameter.Real;
import dev.smt.search.Parameter.Whole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keeps the table of docs/techniques.md in step with the code. */
class TechniquesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "techniques.md");

    @Test
    void theTableHasOneLinePerTechnique() throws IOException {
        List<String> expected =
                Techniques.all().stream().map(TechniquesPageTest::line).toList();
        List<String> page = Files.readAllLines(PAGE);
        if (Boolean.getBoolean("smt.docs.write")) {
            List<String> written =
                    new ArrayList<>(page.stream().filter(line -> !isRow(line)).toList());
            int separator = IntStream.range(0, page.size())
                    .filter(at -> isRow(page.get(at)))
                    .findFirst()
                    .orElseThrow();
            written.addAll(separator, expected);
            Files.write(PAGE, written);
        }

        assertThat(Files.readAllLines(PAGE).stream().filter(TechniquesPageTest::isRow))
                .containsExactlyElementsOf(expected);
    }

    private static boolean isRow(String line) {
        return line.startsWith("| `");
    }

    private static String line(Technique technique) {
        return "| `%s` | %s | %s | `%s` | %d | %s |"
                .formatted(
                        technique.name(),
                        technique.kind().name().toLowerCase(Locale.ROOT),
                        technique.paper(),
                        technique.getClass().getSimpleName(),
                        technique.version(),
                        technique.searchSpace().parameters().stream()
                                .map(parameter -> text(technique, parameter))
                                .collect(Collectors.joining("; ")));
    }

    private static String text(Technique technique, Parameter parameter) {
        Object standard = technique.defaults().values().get(parameter.name());
        return "`" + parameter.name().substring(technique.name().length() + 1) + "` " + values(parameter) + " ("
                + standard + ")";
    }

    private static String values(Parameter parameter) {
        if (parameter instanceof Real real) {
            return real.low() + " to " + real.high() + (real.log() ? ", log" : "");
        }
        if (parameter instanceof Whole whole) {
            return whole.low() + " to " + whole.high() + (whole.log() ? ", log" : "");
        }
        if (parameter instanceof Categorical categorical) {
            return String.join(", ", categorical.levels());
        }
        return "true, false";
    }
}
