package dev.smt.jobs.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.ConfigSection;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestSectionsTest {
    private static final File DEMO = new File("../conf/demo.conf");

    @Test
    void theDemoReadsTheWorldThatItGenerates() {
        Config demo = ConfigFactory.parseFile(DEMO).resolve();
        ConfigProblems problems = new ConfigProblems();
        ConfigSection section = new ConfigSection("generate", demo.getConfig("generate"), problems);
        GenerateConfiguration configuration = GenerateConfiguration.read(section);
        section.reportUnknownKeys();
        problems.throwIfAny();
        Config sections = ConfigFactory.parseString(
                        "data = \"" + demo.getString("data") + "\"\n" + IngestSections.sections(configuration))
                .resolve();
        for (String name : new String[] {"input", "pipelines", "fleet"}) {
            assertThat(demo.getConfig(name))
                    .as("section %s should be%n%s", name, IngestSections.sections(configuration))
                    .isEqualTo(sections.getConfig(name));
        }
    }

    @Test
    void sectionsNameEveryFeatureWithItsTypeSideAndSource() {
        Config sections = sections(
                "features { numeric.count = 5, numeric.informative = 4, event.count = 1, transform.count = 1 }");
        assertThat(sections.getConfig("input.features.numeric_01"))
                .isEqualTo(ConfigFactory.parseString("type = numeric, side = item"));
        assertThat(sections.getConfig("input.features.log_count_00"))
                .isEqualTo(ConfigFactory.parseString(
                        "type = transform, side = user, sql = count_00, values = number, transform = log1p"));
        assertThat(sections.getConfig("input.features.history_00"))
                .isEqualTo(ConfigFactory.parseString("type = event, side = user, max-length = 20"));
        assertThat(sections.getConfig("input.features.device"))
                .isEqualTo(ConfigFactory.parseString("type = id, side = context"));
        assertThat(sections.getObject("input.features")).hasSize(4 + 10 + 5 + 1 + 1);
    }

    @Test
    void theLastSeventhsOfTheDaysValidateAndTest() {
        assertThat(sections("days = 14").getConfig("input.split"))
                .isEqualTo(ConfigFactory.parseString("validation-from = \"2026-01-15\", test-from = \"2026-01-17\""));
        assertThat(sections("days = 3").getConfig("input.split"))
                .isEqualTo(ConfigFactory.parseString("validation-from = \"2026-01-06\", test-from = \"2026-01-07\""));
    }

    @Test
    void theWrittenFileNamesItsOwnFolder(@TempDir Path folder) throws IOException {
        String output = folder.resolve("a \"world\"").toString();
        IngestSections.write(Worlds.configuration(""), output, new Configuration());
        Config written = ConfigFactory.parseString(Files.readString(Path.of(output, "ingest.conf")))
                .resolve();
        assertThat(written.getConfigList("input.logs").get(0).getString("path")).isEqualTo(output + "/events");
        assertThat(written.getString("fleet.table.path")).isEqualTo(output + "/fleet");
        assertThat(written.getStringList("fleet.constraints.restricted.exclude-features"))
                .containsExactly("history_00", "history_01", "history_02", "user_id");
    }

    private static Config sections(String hocon) {
        return ConfigFactory.parseString("data = world\n" + IngestSections.sections(Worlds.configuration(hocon)))
                .resolve();
    }
}
