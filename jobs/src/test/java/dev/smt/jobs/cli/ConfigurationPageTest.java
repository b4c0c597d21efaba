package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import dev.smt.jobs.config.KnownKey;
import dev.smt.jobs.config.SmtConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** docs/configuration.md is made from the code that reads configurations; run with -Dsmt.docs.write=true to write it anew. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");

    /** What they have between them makes the readers ask for every key. */
    private static final List<String> READ =
            List.of("demo.conf", "demo-study.conf", "kuairand.conf", "kuairand-study.conf");

    /** Where the keys of a section are explained. */
    private static final Map<String, String> EXPLAINED = Map.ofEntries(
            Map.entry("input", "ingest.md"),
            Map.entry("pipelines", "ingest.md"),
            Map.entry("fleet", "ingest.md"),
            Map.entry("coverage", "coverage.md"),
            Map.entry("importance", "importance.md"),
            Map.entry("generate", "generate.md"),
            Map.entry("representatives", "representatives.md"),
            Map.entry("mmo", "optimizer.md"),
            Map.entry("sensitivity", "sensitivity.md"),
            Map.entry("evaluation", "evaluation.md"),
            Map.entry("study", "study.md"),
            Map.entry("ledger", "cluster.md"),
            Map.entry("executors", "cluster.md"));

    @Test
    void thePageHasEveryKeyThatIsRead() throws IOException {
        if (Boolean.getBoolean("smt.docs.write")) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page());
    }

    @Test
    void everyExplanationIsThere() {
        assertThat(EXPLAINED.values())
                .allSatisfy(page -> assertThat(Path.of("../docs", page)).exists());
        assertThat(bySection().keySet()).containsAll(EXPLAINED.keySet());
    }

    private static Map<String, List<KnownKey>> bySection() {
        Map<String, KnownKey> keys = new LinkedHashMap<>();
        for (String name : READ) {
            SmtConfiguration.load(Path.of("../conf", name).toFile(), List.of("data=/nowhere"))
                    .read(root -> {
                        Settings.read(root);
                        return root;
                    })
                    .knownKeys()
                    .forEach(key -> keys.putIfAbsent(key.key(), key));
        }
        Map<String, List<KnownKey>> sections = new TreeMap<>();
        for (KnownKey key : keys.values()) {
            if (keys.keySet().stream()
                    .noneMatch(other -> other.startsWith(key.key() + ".") || other.startsWith(key.key() + "[]."))) {
                String section = key.key().contains(".") ? key.key().replaceAll("[.\\[].*", "") : "";
                sections.computeIfAbsent(section, any -> new ArrayList<>()).add(key);
            }
        }
        return sections;
    }

    private static String page() {
        StringBuilder page = new StringBuilder(
                """
                # Configuration

                Every key that a configuration may have, made from the code that reads it; a test keeps it in step. The format is HOCON: `include` and
                `${...}` work, and `--set key=value` sets one key of a command. A key that is not here is refused, all problems at once. `[]` stands for any
                member of a list, `<name>` for a name of your own. Spark's settings stand below `spark`. `conf/demo.conf` and `conf/kuairand.conf` are
                whole examples, and `smt init` writes a first one for your data.
                """);
        bySection().forEach((section, keys) -> {
            page.append(section.isEmpty() ? "\n## At the top\n" : "\n## " + section + "\n");
            if (EXPLAINED.containsKey(section)) {
                page.append("\nExplained in [")
                        .append(EXPLAINED.get(section))
                        .append("](")
                        .append(EXPLAINED.get(section))
                        .append(").\n");
            }
            page.append("\n| key | default | allowed |\n|---|---|---|\n");
            keys.forEach(key -> page.append(line(key)));
        });
        return page.toString();
    }

    private static String line(KnownKey key) {
        String fallback = key.fallback().map(ConfigurationPageTest::shown).orElse("must be set");
        return "| `" + key.key() + "` | " + fallback + " | "
                + key.allowed().replace("|", "\\|").replace("<", "&lt;") + " |\n";
    }

    private static String shown(Object fallback) {
        if (fallback instanceof Config) {
            return "`{}`";
        }
        boolean whole = fallback instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15;
        String text = whole ? Long.toString(((Double) fallback).longValue()) : fallback.toString();
        return text.isEmpty() || text.equals("none") ? "none" : "`" + text.replace("|", "\\|") + "`";
    }
}
