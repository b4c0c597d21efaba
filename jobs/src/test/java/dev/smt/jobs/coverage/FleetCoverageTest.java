package dev.smt.jobs.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.RankingStage;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A fleet of six models: assigned, drawn as text, drawn as SVG. */
class FleetCoverageTest {
    private static final List<FleetModel> MODELS = List.of(
            Fleets.model("f", RankingStage.RETRIEVAL, "cpu", 3e5, "decoupled-sparse-nn-small"),
            Fleets.model("e", RankingStage.PRE_RANKING, "cpu", 2e6, "decoupled-sparse-nn-small"),
            Fleets.model("d", RankingStage.RANKING, "tpu", 5e8, "sparse-nn-medium"),
            Fleets.model("c", RankingStage.RANKING, "gpu", 2e8, "sparse-nn-medium"),
            Fleets.model("b", RankingStage.RANKING, "gpu", 2.1e8, "sparse-nn-medium"),
            Fleets.model("a<&>", RankingStage.RANKING, "gpu", 3e9, "sparse-nn-medium"));
    private static final FleetCoverage COVERAGE = FleetCoverage.of(
            Fleets.bands(
                    """
                    sparse-nn-small.stages = [], sparse-nn-medium.hardware = [cpu, gpu]
                    sparse-nn-large.hardware = [cpu, gpu]
                    """),
            MODELS);

    @Test
    void everyModelHasOneTemplateOrAReason() {
        assertThat(COVERAGE.assignments())
                .extracting(assignment ->
                        assignment.model().id() + " " + assignment.template().orElse("none"))
                .containsExactly(
                        "a<&> sparse-nn-large",
                        "b sparse-nn-medium",
                        "c sparse-nn-medium",
                        "d none",
                        "e decoupled-sparse-nn-medium",
                        "f decoupled-sparse-nn-small");
        assertThat(COVERAGE.assignments())
                .allMatch(assignment ->
                        assignment.template().isPresent() != assignment.reason().isPresent());
        assertThat(COVERAGE.unassigned()).extracting(one -> one.model().id()).containsExactly("d");
        assertThat(COVERAGE.differing()).extracting(one -> one.model().id()).containsExactly("a<&>", "e");
        assertThat(COVERAGE.models("sparse-nn-medium"))
                .extracting(FleetModel::id)
                .containsExactly("b", "c");
    }

    @Test
    void theChartShowsBandsCountsReasonsAndDifferences() {
        assertThat(String.join("\n", CoverageChart.lines(COVERAGE)))
                .isEqualTo(
                        """
                        FLOPs                         1e4       1e5       1e6       1e7       1e8       1e9       1e10   models
                        retrieval, pre-ranking; any hardware
                          decoupled-sparse-nn-small   <-------------1-----|                                                   1
                          decoupled-sparse-nn-medium                      |--1------|                                         1
                          decoupled-sparse-nn-large                                 |----------------------------->           0
                        ranking; cpu, gpu
                          sparse-nn-medium                                                    |--2------|                     2
                          sparse-nn-large                                                               |---1----->           1
                        no template                                                                 1                         1
                        <---|: a template's band; a digit: so many models there, #: ten or more

                        6 models: 5 have one template each, 1 have none, 2 are configured with another one
                        no template:
                          d: no band of stage ranking has hardware tpu; there are bands of cpu, gpu
                        configured with decoupled-sparse-nn-small, by coverage decoupled-sparse-nn-medium: 1
                          e (pre-ranking, cpu, 2e6 FLOPs)
                        configured with sparse-nn-medium, by coverage sparse-nn-large: 1
                          a<&> (ranking, gpu, 3e9 FLOPs)""");
    }

    @Test
    void theChartCountsTenOrMoreModelsOfAPlaceByOneSign() {
        List<FleetModel> many = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            many.add(Fleets.model("m" + i, RankingStage.RANKING, "cpu", 5e8, "sparse-nn-medium"));
        }

        assertThat(CoverageChart.lines(FleetCoverage.of(Fleets.bands(""), many)))
                .anyMatch(line -> line.matches(" {2}sparse-nn-medium +\\|-+#-+\\| +10"))
                .contains("10 models: 10 have one template each, 0 have none, 0 are configured with another one");
    }

    @Test
    void theDrawingIsWellFormedAndHasARowPerTemplateAndADotPerModel()
            throws ParserConfigurationException, IOException, SAXException {
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(CoverageDrawing.svg(COVERAGE))));

        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(6);
        assertThat(svg.getElementsByTagName("rect").getLength())
                .as("page and bands")
                .isEqualTo(1 + 5);
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("decoupled-sparse-nn-large", "a<&> (ranking, gpu, 3e9 FLOPs)", "no template")
                .doesNotContain("sparse-nn-small\nranking");
        assertThat(CoverageDrawing.svg(COVERAGE)).doesNotContain("href", "<script", "url(");
    }

    @Test
    void anEmptyFleetIsDrawnToo() {
        FleetCoverage empty = FleetCoverage.of(Fleets.bands(""), List.of());

        assertThat(CoverageChart.lines(empty))
                .contains("0 models: 0 have one template each, 0 have none, 0 are configured with another one");
        assertThat(CoverageDrawing.svg(empty)).contains("0 models").doesNotContain("<circle");
    }

    @Test
    void theSummaryCountsEveryAttribute() {
        assertThat(FleetSummary.lines(MODELS))
                .contains(
                        "the fleet is valid: models: 6, pipelines: 1",
                        "  stages            ranking 4, pre-ranking 1, retrieval 1",
                        "  FLOPs             3e5 to 3e9",
                        "  hardware          gpu 3, cpu 2, tpu 1",
                        "  templates         sparse-nn-medium 4, decoupled-sparse-nn-small 2");
    }
}
