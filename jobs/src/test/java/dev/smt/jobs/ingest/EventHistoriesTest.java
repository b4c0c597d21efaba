package dev.smt.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.jobs.TestSpark;
import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventHistoriesTest {
    private static final String FEATURE =
            "input.features.clicked_items = {type = event, side = user, max-length = 3}\n";

    @TempDir
    private Path folder;

    private Tiny tiny;

    @BeforeEach
    void world() {
        tiny = new Tiny(folder);
    }

    @Test
    void aRowHasTheClicksBeforeItTheMostRecentFirst() {
        assertThat(histories("input.histories.clicked_items = {of = item, when = \"clicked = 1\"}"))
                .as("a at 100, 200; b at 300; c; a at 1000; d; b at 2000; e")
                .containsExactly("", "x", "", "", "x", "", "x", "");
        assertThat(histories("input.histories.clicked_items = {of = item}"))
                .containsExactly("", "x", "", "", "y x", "", "x", "");
    }

    @Test
    void eventsAreLookedForInTheWindowAndCountOnceTheyAreKnown() {
        String clicks = "input.histories.clicked_items {of = item, when = \"clicked = 1\"}\n";

        assertThat(histories(clicks + "input.histories.clicked_items.window-hours = 0.00025"))
                .as("900 milliseconds back, and no more")
                .containsExactly("", "x", "", "", "x", "", "", "");
        assertThat(histories(clicks + "input.histories.clicked_items.delay-minutes = 0.015"))
                .as("known 900 milliseconds later: at 1000 not yet")
                .containsExactly("", "", "", "", "", "", "x", "");
    }

    @Test
    void ofManyEventsTheMostRecentAreKeptAndEventsOfTheSameTimeAreNotSeen() {
        StringBuilder logs = new StringBuilder("user,item,t,price,clicked\n");
        for (int i = 0; i < 5; i++) {
            logs.append("a,i").append(i).append(',').append(100 * (i + 1)).append(",1.0,1\n");
            logs.append("a,i").append(i).append(',').append(100 * (i + 1)).append(",2.0,0\n");
        }
        tiny.gzip("logs.csv.gz", logs + "a,i0,1000,1.0,1\nb,i0,1500,1.0,0\na,i0,2000,1.0,1\n");

        assertThat(histories("input.histories.clicked_items = {of = item, when = \"clicked = 1\", max-length = 2}"))
                .containsExactly(
                        "", "", "i0", "i0", "i1 i0", "i1 i0", "i2 i1", "i2 i1", "i3 i2", "i3 i2", "i4 i3", "", "i0 i4");
    }

    @Test
    void saysWhatIsWrongWithAHistory() {
        assertThatThrownBy(
                        () -> tiny.ingest(
                                """
                        input.histories {
                          price = {of = item, when = clicked}
                          gone = {of = nothing, delay-minutes = 60, window-hours = 1}
                        }
                        """))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("input.histories.price.when is \"clicked\", of type INT; allowed: a condition")
                .hasMessageContaining("input.histories.price is \"price\"; allowed: a name that no column has yet")
                .hasMessageContaining("input.histories.gone.of is \"nothing\": no column nothing")
                .hasMessageContaining("input.histories.gone.delay-minutes is 60, not below the window of 60 minutes");
    }

    @Test
    void aHistoryIsASequenceFeatureLikeAnyOther() {
        PipelineManifest manifest = tiny.ingest(
                        FEATURE + "input.histories.clicked_items = {of = item, when = \"clicked = 1\"}")
                .pipelines()
                .get(0);

        assertThat(tiny.store().idValues(manifest, "clicked_items", 10)).containsExactly("x");
        assertThat(tiny.store()
                        .read(manifest, Split.TRAIN)
                        .sequences("clicked_items")
                        .offsets())
                .containsExactly(0, 0, 1, 1, 1);
    }

    /** What the rows have in the column, in the order of time. */
    private List<String> histories(String history) {
        ConfigProblems problems = new ConfigProblems();
        List<Row> rows = new RawRows(TestSpark.session(), problems)
                .read(Tiny.read(tiny.config(history)).input())
                .orElseThrow()
                .orderBy("t", RawRows.ROW_HASH)
                .selectExpr("concat_ws(' ', clicked_items)")
                .collectAsList();
        return rows.stream().map(row -> row.getString(0)).toList();
    }
}
