package dev.smt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.smt.data.EncodedExamples;
import dev.smt.nn.Paradigm;
import dev.smt.serving.ServingTemplate;
import dev.smt.training.ModelSpecification;
import dev.smt.training.ModelState;
import dev.smt.training.TrainedModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Files of models that learn the logarithm of an amount. */
class SmearedModelFileTest {
    @Test
    void theSmearingOfAmountsIsReadAgainAndMayBeMissing() throws IOException {
        ModelSpecification logarithmic =
                ModelExamples.specification(Map.of("data.label-transforms", List.of("log1p(value)")));
        ModelState plain = ModelExamples.stored(Paradigm.SPARSE_NN, ServingTemplate.DEFAULT)
                .state();
        StoredModel before = new StoredModel(logarithmic, ModelExamples.PROVENANCE, ModelExamples.METRICS, plain);
        StoredModel model = new StoredModel(
                logarithmic, ModelExamples.PROVENANCE, ModelExamples.METRICS, withStatistic(plain, "smearing", 1.25));

        EncodedExamples rows = ModelExamples.rows(120, 2);
        StoredModel read = ModelFile.read(new ByteArrayInputStream(bytes(model)));

        assertThat(read.state().statistics()).isEqualTo(model.state().statistics());
        try (TrainedModel smeared = read.open();
                TrainedModel old =
                        ModelFile.read(new ByteArrayInputStream(bytes(before))).open()) {
            float[] predictions = smeared.predict(rows, "value");
            float[] unsmeared = old.predict(rows, "value");
            for (int row = 0; row < predictions.length; row++) {
                assertThat(1.0 + predictions[row]).isCloseTo(1.25 * (1.0 + unsmeared[row]), withinPercentage(0.01));
            }
        }
    }

    /** The state with one more number of the second event, the amount. */
    private static ModelState withStatistic(ModelState state, String name, double value) {
        List<SortedMap<String, Double>> statistics = new ArrayList<>(state.statistics());
        SortedMap<String, Double> amount = new TreeMap<>(statistics.get(1));
        amount.put(name, value);
        statistics.set(1, amount);
        return new ModelState(
                state.seed(),
                state.steps(),
                state.examples(),
                state.trainSeconds(),
                state.dense(),
                state.tables(),
                statistics,
                state.fitted());
    }

    private static byte[] bytes(StoredModel model) throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        ModelFile.write(model, stream);
        return stream.toByteArray();
    }
}
