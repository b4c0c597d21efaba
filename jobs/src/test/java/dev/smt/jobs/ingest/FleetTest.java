package dev.smt.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import dev.smt.jobs.config.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
    /** Items x and y make group 1: six rows, three clicks, all splits; z and w make group 2: two rows. */
    private static final String BY_GROUP =
            """
            input.derived {group = "if(item IN ('x', 'y'), 1, 2)"}
            input.labels {is_x = "item = 'x'"}
            input.known-at-serving = [item]
            pipelines = null
            pipelines = {by = [group]}
            """;

    @TempDir
    Path folder;

    @Test
    void makesAModelOfEveryCellWithEnoughRowsOfEachClass() {
        Tiny tiny = new Tiny(folder);

        IngestResult result = tiny.ingest(
                BY_GROUP
                        + """
                fleet.grid {
                  labels = [clicked, is_x], min-rows = 5, min-positives = 3, min-negatives = 2
                  attributes {
                    stage = "if(label = 'clicked', 'ranking', 'retrieval')"
                    data-constraint = "if(stage = 'ranking', 'full', 'restricted')"
                    surface = "concat('group-', group)", flops = "rows * 1000 + positives", hardware = "'gpu'"
                    template = "if(stage = 'ranking', 'sparse-nn-medium', 'decoupled-sparse-nn-medium')"
                    budget = "if(label = 'clicked', 5e6, double('infinity'))"
                  }
                }
                fleet.constraints.restricted {exclude-sides = [user], exclude-features = [price]}
                """);

        assertThat(result.fleet())
                .containsExactly(
                        new FleetModel(
                                "clicked.group=1",
                                RankingStage.RANKING,
                                6003,
                                "gpu",
                                "clicked",
                                "group-1",
                                "full",
                                6,
                                "group=1",
                                List.of(OptimizationEvent.binary("clicked")),
                                Set.of(),
                                "sparse-nn-medium",
                                "sparse-nn-medium@1",
                                5e6),
                        new FleetModel(
                                "is_x.group=1",
                                RankingStage.RETRIEVAL,
                                6004,
                                "gpu",
                                "is_x",
                                "group-1",
                                "restricted",
                                6,
                                "group=1",
                                List.of(OptimizationEvent.binary("is_x")),
                                Set.of("user", "history", "price"),
                                "decoupled-sparse-nn-medium",
                                "decoupled-sparse-nn-medium@1",
                                Double.POSITIVE_INFINITY));
        assertThat(result.pipelines()).extracting(PipelineManifest::pipeline).containsExactly("group=1");
    }

    @Test
    void readsModelsFromATable() {
        Tiny tiny = new Tiny(folder);
        tiny.text(
                "models.csv", header() + "m1,ranking,1e6,cpu,ctr,feed,full,2,all,sparse-nn-medium,hand-made,clicked\n");

        IngestResult result = tiny.ingest(table());

        assertThat(result.fleet()).singleElement().satisfies(model -> {
            assertThat(model.id()).isEqualTo("m1");
            assertThat(model.weight()).isEqualTo(2);
            assertThat(model.baseline()).isEqualTo("hand-made");
            assertThat(model.flopsBudget()).isInfinite();
        });
    }

    @Test
    void theCoverageChoosesTheTemplateOfAModelThatNamesNone() {
        Tiny tiny = new Tiny(folder);
        tiny.text(
                "models.csv",
                header()
                        + "m1,ranking,5e8,cpu,ctr,feed,full,2,all,auto,auto@1,clicked\n"
                        + "m2,retrieval,5e8,cpu,ctr,feed,full,2,all,,auto@2,clicked\n"
                        + "m3,ranking,5e8,cpu,ctr,feed,full,2,all,sparse-nn-large,auto@1,clicked\n");

        assertThat(tiny.fleet(table()))
                .extracting(FleetModel::template, FleetModel::baseline)
                .containsExactly(
                        tuple("sparse-nn-medium", "sparse-nn-medium@1"),
                        tuple("decoupled-sparse-nn-large", "decoupled-sparse-nn-large@2"),
                        tuple("sparse-nn-large", "sparse-nn-large@1"));
        assertThat(tiny.fleet("fleet.grid.attributes.template = null"))
                .extracting(FleetModel::template, FleetModel::baseline)
                .containsExactly(tuple("sparse-nn-small", "sparse-nn-small@1"));
    }

    @Test
    void aTableNeedsNoTemplateColumnAndNoLogsToNameItsModels() {
        Tiny tiny = new Tiny(folder);
        tiny.text(
                "models.csv",
                header().replace("template,", "") + "m1,ranking,5e8,cpu,ctr,feed,full,2,all,auto@1,clicked\n");

        assertThat(tiny.fleet(table() + "\ninput.logs = [{path = nowhere, format = parquet}]"))
                .extracting(FleetModel::template)
                .containsExactly("sparse-nn-medium");
    }

    @Test
    void validatingChecksWhatIngestChecksAndWritesNothing() {
        Tiny tiny = new Tiny(folder);

        assertThat(tiny.validate("")).extracting(FleetModel::id).containsExactly("clicked.all");
        assertThat(tiny.path("warehouse")).doesNotExist();
        assertThatThrownBy(() -> tiny.validate("fleet.grid.min-rows = 1000"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("fleet has no model");
    }

    @Test
    void namesEveryProblemOfATable() {
        Tiny tiny = new Tiny(folder);
        tiny.text(
                "models.csv",
                header()
                        + "m1,ranking,1e6,cpu,ctr,feed,full,2,all,auto,auto@1,clicked\n"
                        + "m1,ranking,1e6,cpu,ctr,feed,full,2,none,auto,auto@1,clicked\n"
                        + "m2,first,1e6,cpu,ctr,feed,full,2,all,auto,auto@1,clicked\n"
                        + "m3,ranking,1e6,cpu,ctr,feed,secret,2,all,auto,auto@1,clicked\n"
                        + "m4,ranking,-1,cpu,ctr,feed,full,2,all,auto,auto@1,liked\n"
                        + "m5,ranking,1e6,cpu,ctr,feed,full,2,all,auto,auto@1,liked\n"
                        + "m6,ranking,1e6,cpu,ctr,feed,full,2,all,sparse-nn-huge,auto@1,clicked\n"
                        + "m7,ranking,1e6,cpu,ctr,feed,full,2,all,auto,sparse-nn-huge@1,clicked\n"
                        + "m8,ranking,1e6,tpu,ctr,feed,full,2,all,auto,auto@1,clicked\n");

        String cpuOnly = "\ncoverage.sparse-nn-small.hardware = [cpu]";
        assertThatThrownBy(() -> tiny.ingest(table() + cpuOnly))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        wrong -> assertThat(wrong.problems())
                                .satisfiesExactlyInAnyOrder(
                                        line -> assertThat(line).contains("model_id m1 is there more than once"),
                                        line -> assertThat(line)
                                                .contains("model m1: pipeline is \"none\"; allowed: all"),
                                        line -> assertThat(line).contains("model m2: ranking stage is \"first\""),
                                        line -> assertThat(line).contains("model m3: data constraint is \"secret\""),
                                        line -> assertThat(line).contains("model m4: flops is -1.0"),
                                        line -> assertThat(line).contains("model m5: label is \"liked\""),
                                        line -> assertThat(line)
                                                .contains(
                                                        "model m6: template is \"sparse-nn-huge\"; allowed: decoupled-sparse-nn-"),
                                        line -> assertThat(line)
                                                .contains("model m7: baseline is \"sparse-nn-huge\"; allowed: dec"),
                                        line -> assertThat(line)
                                                .contains(
                                                        "model m8: its template is auto, but no band of stage ranking and hardware"
                                                                + " tpu has 1e6 FLOPs; there are sparse-nn-medium (1e8 to below 1e9)")));
        tiny.text("models.csv", "model_id,flops\nm1,many\n");
        assertThatThrownBy(() -> tiny.ingest(table()))
                .hasMessageContaining("no column ranking_stage")
                .hasMessageContaining("no column label")
                .hasMessageContaining("column flops is STRING; allowed: a number");
    }

    @Test
    void aRowMayBeInSeveralListedPipelines() {
        Tiny tiny = new Tiny(folder);

        IngestResult result = tiny.ingest(
                """
                pipelines.list = [{name = all}, {name = cheap, filter = "price is null or price < 6"}]
                """);

        assertThat(result.pipelines())
                .extracting(pipeline -> pipeline.split(Split.VALIDATION).rows())
                .isEqualTo(List.of(2L, 1L));
        assertThat(result.fleet()).extracting(FleetModel::id).containsExactly("clicked.all", "clicked.cheap");
    }

    @Test
    void aPipelineWithoutTestRowsMakesNoModelOfAGridAndIsRefusedInATable() {
        Tiny tiny = new Tiny(folder);
        String withoutTestRows =
                """
                pipelines.list = [{name = all}, {name = x, filter = "item = 'x'"}]
                """;

        IngestResult result = tiny.ingest(withoutTestRows);

        assertThat(result.fleet()).extracting(FleetModel::id).containsExactly("clicked.all");
        assertThat(result.report())
                .contains("warning: pipeline x makes no model, because it has no rows in split test");
        tiny.text("models.csv", header() + "m1,ranking,1e6,cpu,ctr,feed,full,2,x,auto,auto@1,clicked\n");
        assertThatThrownBy(() -> tiny.ingest(withoutTestRows + table()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "pipeline x has no rows in split test; move the bounds of input.split, or leave its models out");
    }

    private static String header() {
        return "model_id,ranking_stage,flops,hardware,event,surface,data_constraint,weight,pipeline,template,baseline,"
                + "label\n";
    }

    private static String table() {
        return "fleet.grid = null\nfleet.table = {path = ${data}\"/models.csv\", format = csv}";
    }
}
