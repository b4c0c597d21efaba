package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.ingest.FeatureConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file of unknown columns to a configuration that the program takes as it is. */
class InitCommandIT {
    @TempDir
    private Path folder;

    @Test
    void writesAConfigurationThatIsValidForTheDataAndNeverOverwritesIt() throws IOException {
        Path data = Files.write(folder.resolve("export.csv"), rows());
        Path file = folder.resolve("mine.conf");
        CommandRun init = CommandRun.of("init", "--input", data.toString(), "--output", file.toString())
                .succeeds();
        assertThat(init.out()).contains("looked at 4000 of 4000 rows", "written: " + file, "smt cycle --conf " + file);
        Settings settings = Settings.of(SmtConfiguration.load(file.toFile(), List.of()));
        assertThat(settings.warehouse()).isEqualTo("warehouse/mine");
        assertThat(settings.ingest().input().unit()).isEqualTo("visitor");
        assertThat(settings.ingest().input().features())
                .extracting(FeatureConfiguration::name)
                .containsExactly("visitor", "country", "device", "price");
        assertThat(CommandRun.of("fleet", "validate", "--conf", file.toString())
                        .succeeds()
                        .out())
                .startsWith("the fleet is valid: models: 4, pipelines: 2");
        Path nothing = folder.resolve("nothing");
        assertThat(CommandRun.of("cycle", "--dry-run", "--conf", file.toString(), "--set", TinyWorld.warehouse(nothing))
                        .succeeds()
                        .out())
                .contains("  ingest           runs; trains nothing", "    baselines as in production: 4");
        assertThat(nothing).as("a dry run writes nothing").doesNotExist();
        String before = Files.readString(file);
        CommandRun.of("init", "--input", data.toString(), "--output", file.toString())
                .refusesInput("--output is \"" + file + "\", which exists already and is never overwritten");
        assertThat(file).hasContent(before);
    }

    /** Two banners, separated by semicolons. */
    private static List<String> rows() {
        Random random = new Random(1);
        List<String> rows = new ArrayList<>(List.of("ts;visitor;banner;country;device;price;bought;tapped"));
        for (int i = 0; i < 4_000; i++) {
            int tapped = random.nextInt(4) == 0 ? 1 : 0;
            rows.add(String.join(
                    ";",
                    Instant.ofEpochSecond(1_767_225_600L + 60 * i).toString(),
                    "v" + random.nextInt(500),
                    random.nextBoolean() ? "top" : "side",
                    random.nextBoolean() ? "de" : "fr",
                    random.nextBoolean() ? "ios" : "web",
                    Double.toString(random.nextInt(9_000) / 100.0),
                    tapped == 1 && random.nextBoolean() ? "1" : "0",
                    Integer.toString(tapped)));
        }
        return rows;
    }
}
