package dev.smt.jobs.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.jobs.TestSpark;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.SourceConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sample of real rows says. */
class DataProfilerTest {
    @TempDir
    private Path folder;

    @Test
    void countsWhatGuessesAreMadeOf() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lines.add(
                    "{\"n\": %d, \"shown\": \"2026-01-%02dT10:00:00Z\", \"seen\": \"%s\", \"ids\": [%s], \"hit\": %d, \"paid\": %s}"
                            .formatted(
                                    i,
                                    1 + i % 28,
                                    i % 2 == 0 ? "a|b|c" : "a",
                                    i % 4 == 0 ? "" : "1, 2",
                                    i % 10 == 0 ? 1 : 0,
                                    i % 20 == 0 ? "7.5" : "null"));
        }
        DataProfile data = profile(Files.write(folder.resolve("rows.json"), lines), "json", 1_000);
        assertThat(data.rows()).isEqualTo(100);
        ColumnProfile number = column(data, "n");
        assertThat(number.kind()).isEqualTo(ColumnKind.WHOLE);
        assertThat(number.range()).contains(new ColumnProfile.Range(0, 99, 49.5));
        assertThat((double) number.distinct()).isCloseTo(100, within(10.0));
        assertThat(column(data, "shown").timeShare()).isEqualTo(1);
        assertThat(column(data, "seen").elements()).contains(new ColumnProfile.Elements("split(%s, '[|]')", 2, 1, 3));
        assertThat(column(data, "ids").elements()).contains(new ColumnProfile.Elements("%s", 1.5, 0, 2));
        assertThat(column(data, "hit").values())
                .containsExactly(new ColumnProfile.ValueCount("0", 90), new ColumnProfile.ValueCount("1", 10));
        assertThat(column(data, "paid").missing()).isEqualTo(0.95);
        assertThat(column(data, "paid").fillings())
                .contains(new ColumnProfile.Filling("hit", Map.of("0", 0.0, "1", 0.5)));
    }

    @Test
    void ofManyRowsAPartIsDrawnAndASeparatorIsFound() throws IOException {
        List<String> lines = new ArrayList<>(List.of("a;b"));
        for (int i = 0; i < 5_000; i++) {
            lines.add(i + ";x");
        }
        DataProfile data = profile(Files.write(folder.resolve("rows.csv"), lines), "csv", 500);
        assertThat(data.rows()).isEqualTo(5_000);
        assertThat(data.sampled()).isBetween(400L, 600L);
        assertThat(data.options()).isEqualTo(Map.of("sep", ";"));
        assertThat(data.columns()).extracting(ColumnProfile::name).containsExactly("a", "b");
    }

    @Test
    void whatCannotBeReadIsTheUsersInput() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.csv"), "a,b\n");
        assertThatThrownBy(() -> profile(empty, "csv", 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("--input is \"" + empty + "\", which has no rows");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"a\": 1}\n{\"a\": \n");
        assertThatThrownBy(() -> profile(broken, "json", 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("--input is \"" + broken + "\"; it can't be read as json: ");
    }

    private static DataProfile profile(Path file, String format, long most) {
        return new DataProfiler(TestSpark.session(), "--input")
                .profile(new SourceConfiguration("--input", file.toString(), format, "", Map.of()), most);
    }

    private static ColumnProfile column(DataProfile data, String name) {
        return data.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
