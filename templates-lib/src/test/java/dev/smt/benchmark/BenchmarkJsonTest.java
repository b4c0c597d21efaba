package dev.smt.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smt.search.ParameterValues;
import dev.smt.search.UnitCube;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whoever reads the document, and the formula of docs/formats.md, knows the same truth. */
class BenchmarkJsonTest {
    private static final BenchmarkFleet FLEET =
            BenchmarkFleet.of(new BenchmarkShape(30, 5, 12, 0.25, 0.1, 0.035, 1), 11);

    @Test
    void theFormulaOverTheDocumentGivesEveryDelta() throws IOException {
        JsonNode document = new ObjectMapper().readTree(BenchmarkFleetTest.json(FLEET));
        assertThat(document.path("format-version").asInt()).isEqualTo(1);
        Random random = new Random(1);
        for (int t = 0; t < FLEET.techniques().size(); t++) {
            BenchmarkTechnique technique = FLEET.techniques().get(t);
            UnitCube cube = new UnitCube(technique.searchSpace());
            for (int draw = 0; draw < 20; draw++) {
                ParameterValues theta =
                        cube.atQuantiles(random.doubles(cube.freeParameters()).toArray());
                for (int m = 0; m < FLEET.models().size(); m++) {
                    assertThat(delta(
                                    document.path("techniques").get(t),
                                    document.path("models").get(m),
                                    theta))
                            .isCloseTo(
                                    technique
                                            .surface()
                                            .delta(theta, FLEET.models().get(m)),
                                    within(1e-12));
                }
            }
        }
    }

    @Test
    void theBestThetaOfEveryTechniqueThatGeneralizesIsThere() throws IOException {
        JsonNode techniques =
                new ObjectMapper().readTree(BenchmarkFleetTest.json(FLEET)).path("techniques");
        assertThat(techniques).allSatisfy(technique -> {
            JsonNode truth = technique.path("truth");
            assertThat(truth.has("best")).isEqualTo(truth.path("kind").asText().equals("generalizes"));
            assertThat(truth.path("best").path("regression-rate").asDouble()).isLessThanOrEqualTo(0.1);
        });
    }

    /** docs/formats.md, on nothing but the document. */
    private static double delta(JsonNode technique, JsonNode model, ParameterValues theta) {
        JsonNode f = technique.path("truth").path("surface");
        JsonNode m = model.path("truth");
        int c = m.path("cluster").asInt();
        double q = 0;
        double h = -f.path("offset").asDouble();
        for (int k = 0; k < technique.path("parameters").size(); k++) {
            JsonNode parameter = technique.path("parameters").get(k);
            Object value = theta.values().get(parameter.path("name").asText());
            if (value instanceof Number number) {
                double u = place(parameter, number.doubleValue());
                q += f.path("weights").get(k).asDouble()
                        * Math.pow(u - f.path("optima").get(c).get(k).asDouble(), 2);
                h += f.path("direction").get(k).asDouble() * u;
            } else {
                q += f.path("costs").get(k).get(level(parameter, value)).asDouble();
            }
        }
        double edge = Math.min(1, Math.max(0, h / f.path("width").asDouble()));
        double shared = f.path("gains").get(c).asDouble()
                - f.path("depth").asDouble() * q / (1 + q)
                - f.path("losses").get(c).asDouble() * edge;
        double delta = m.path("sensitivity").asDouble() * shared
                - f.path("resistance").asDouble() * m.path("loss").asDouble();
        for (int j = 0; j < m.path("traits").size(); j++) {
            delta += m.path("traits").get(j).asDouble()
                    * (f.path("levels").get(j).asDouble()
                            + h * f.path("slopes").get(j).asDouble());
        }
        return delta;
    }

    private static double place(JsonNode parameter, double value) {
        double low = parameter.path("low").asDouble();
        double high = parameter.path("high").asDouble();
        return parameter.path("log").asBoolean()
                ? Math.log(value / low) / Math.log(high / low)
                : (value - low) / (high - low);
    }

    private static int level(JsonNode parameter, Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        int level = 0;
        while (!parameter.path("levels").get(level).asText().equals(value)) {
            level++;
        }
        return level;
    }
}
