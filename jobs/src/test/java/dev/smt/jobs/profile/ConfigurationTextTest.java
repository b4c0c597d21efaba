package dev.smt.jobs.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.typesafe.config.ConfigFactory;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.ingest.FeatureConfiguration;
import dev.smt.jobs.ingest.FleetConfiguration.Grid;
import dev.smt.jobs.ingest.IngestConfiguration;
import dev.smt.jobs.ingest.PipelineConfiguration.ByColumns;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written is what was guessed, and is read by the program; odd names and paths are quoted. */
class ConfigurationTextTest {
    @Test
    void isReadBackAsItWasGuessed() {
        IngestConfiguration read = read(Profiles.of(
                Profiles.timestamp("ts", 9_900),
                Profiles.text("visitor", 2_000),
                Profiles.texts("banner", "top", "side", "footer", "story"),
                Profiles.real("price", 0.5, 900, 20),
                Profiles.list("recent", ColumnKind.TEXT, "split(%s, '[|]')", 4, 1, 9),
                Profiles.filled(Profiles.real("basket", 0, 9, 1), "tapped", 0.9, 0),
                Profiles.binary("tapped", 0.1)));
        assertThat(read.input().time()).isEqualTo("ts");
        assertThat(read.input().unit()).isEqualTo("visitor");
        assertThat(read.input().labels()).isEqualTo(Map.of("tapped", "tapped"));
        assertThat(read.input().knownAfterServing()).containsExactly("basket");
        assertThat(read.input().features())
                .extracting(FeatureConfiguration::name, FeatureConfiguration::type, FeatureConfiguration::sql)
                .containsExactly(
                        tuple("visitor", FeatureType.ID, "`visitor`"),
                        tuple("price", FeatureType.NUMERIC, "`price`"),
                        tuple("recent", FeatureType.EVENT, "split(recent, '[|]')"));
        assertThat(((ByColumns) read.pipelines()).columns()).containsExactly("banner");
        Grid grid = (Grid) read.fleet().models();
        assertThat(grid.labels()).containsExactly("tapped");
        assertThat(grid.minPositives()).isEqualTo(100);
    }

    @Test
    void namesOfAnyKindAreQuotedForTheFileAndForSql() {
        IngestConfiguration read = read(Profiles.of(
                Profiles.timestamp("event time", 9_900),
                Profiles.text("user.name", 2_000),
                Profiles.texts("ad \"slot\"", "a", "b"),
                Profiles.real("über$", 1, 2, 1.5),
                Profiles.binary("clicked?", 0.1)));
        assertThat(read.input().time()).isEqualTo("`event time`");
        assertThat(read.input().unit()).isEqualTo("`user.name`");
        assertThat(read.input().labels()).isEqualTo(Map.of("clicked?", "`clicked?`"));
        assertThat(read.input().features())
                .extracting(FeatureConfiguration::name)
                .containsExactly("user.name", "über$");
        assertThat(((ByColumns) read.pipelines()).columns()).containsExactly("ad \"slot\"");
        assertThat(((Grid) read.fleet().models()).attributes())
                .containsEntry("surface", "coalesce(cast(`ad \"slot\"` as string), 'none')");
    }

    @Test
    void rowsWithoutAUserAndASplitAreOnePipelineAndTheFileSaysSo() {
        DataProfile data = new DataProfile(
                "hdfs://host/a \"b\"/*.csv",
                "csv",
                Map.of("sep", "\t"),
                Profiles.ROWS,
                Profiles.SAMPLED,
                List.of(Profiles.timestamp("ts", 9_900), Profiles.text("ad", 2_000), Profiles.binary("tapped", 0.1)));
        String text = text(data);
        IngestConfiguration read = read(data);
        assertThat(read.input().logs().get(0).path()).isEqualTo("hdfs://host/a \"b\"/*.csv");
        assertThat(read.input().logs().get(0).options()).isEqualTo(Map.of("sep", "\t"));
        assertThat(read.input().unit()).isEqualTo("ts");
        assertThat(text).contains("unit: no column looks like a user", "CHECK: no column suggests how to split");
        assertThat(((Grid) read.fleet().models()).attributes()).containsEntry("surface", "'all'");
    }

    private static String text(DataProfile data) {
        return new ConfigurationText(ColumnGuesses.of(data, Hints.NONE), "warehouse/mine").text();
    }

    private static IngestConfiguration read(DataProfile data) {
        return new SmtConfiguration(
                        "test", ConfigFactory.parseString(text(data)).resolve())
                .read(root -> IngestConfiguration.read(root.acceptAll()));
    }
}
