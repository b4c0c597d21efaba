package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.metric.Evaluation;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against scikit-learn's metrics; the golden's source is benchmarks/metric/evaluation_golden.py. */
class EvaluationGoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double TOLERANCE = 1e-9;

    @Test
    void agreesWithScikitLearn() throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode golden : golden().get("cases")) {
            String name = golden.get("name").asText();
            names.add(name);

            Evaluation evaluation = evaluation(golden);

            assertThat(evaluation.rows())
                    .as(name)
                    .isEqualTo(golden.get("labels").size());
            assertThat(evaluation.positives())
                    .as(name)
                    .isEqualTo(golden.get("positives").asLong());
            close(name, "logLoss", evaluation.logLoss(), golden);
            close(name, "normalizedEntropy", evaluation.normalizedEntropy(), golden);
            close(name, "auc", evaluation.auc(), golden);
            close(name, "calibration", evaluation.calibration(), golden);
        }
        assertThat(names)
                .containsExactly(
                        "usual",
                        "ties",
                        "all tied",
                        "wrong order",
                        "extreme probabilities",
                        "equal as numbers, not as logits");
    }

    /** Within 1e-9 of the golden; relative where that is above 1. */
    private static void close(String name, String metric, double value, JsonNode golden) {
        double expected = golden.get(metric).asDouble();
        assertThat(value)
                .as("%s: %s", name, metric)
                .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
    }

    private static Evaluation evaluation(JsonNode golden) {
        float[] logits = JSON.convertValue(golden.get("logits"), float[].class);
        float[] labels = JSON.convertValue(golden.get("labels"), float[].class);
        EventRows rows = new EventRows(OptimizationEvent.binary("click"), Optional.empty(), labels, new float[0]);
        EventScores scores =
                new EventScores(new BinaryLoss(golden.get("baseRate").asDouble(), 0.5, 1, 0), rows);
        for (int row = 0; row < labels.length; row++) {
            scores.add(row % 256, logits, row, labels[row]);
        }
        return scores.evaluation();
    }

    private static JsonNode golden() throws IOException {
        try (InputStream json = EvaluationGoldenTest.class.getResourceAsStream("scikit-learn-evaluation.json")) {
            return JSON.readTree(json);
        }
    }
}
