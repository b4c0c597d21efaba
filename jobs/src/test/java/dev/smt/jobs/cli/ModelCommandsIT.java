package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesFile;
import dev.smt.jobs.table.ExportedModelRow;
import dev.smt.jobs.table.PredictionRow;
import dev.smt.jobs.trial.Seeds;
import dev.smt.model.ModelFile;
import dev.smt.model.StoredModel;
import dev.smt.training.TrainedModel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModelCommandsIT {
    private static Path warehouse;
    private static String model;
    private static ResultTables tables;

    @BeforeAll
    static void exportAModel() {
        warehouse = TinyWorld.copyBeforeMmo("models");
        model = ResultTables.query(warehouse, "SELECT min(model_id) AS id FROM fleet_models")
                .get(0)
                .get("id")
                .asText();
        run(
                        "train",
                        "--model",
                        model,
                        "--output",
                        warehouse.resolve("copy.smtm").toString())
                .succeeds();
        run("score", "--model", model).succeeds();
        tables = ResultTables.of(warehouse);
    }

    @Test
    void theFileSaysWhereTheModelComesFromAndWhatItScores() throws IOException {
        JsonNode row = exported();
        StoredModel stored = stored(row);
        assertThat(stored.provenance().modelId()).isEqualTo(model);
        assertThat(stored.provenance().template())
                .isEqualTo(
                        row.get("template").asText() + "@" + row.get("version").asInt());
        assertThat(stored.provenance().dataVersion())
                .isEqualTo(row.get("data_version").asText());
        assertThat(stored.specification().hash()).isEqualTo(row.get("spec_hash").asText());
        assertThat(stored.specification().servingHash())
                .isEqualTo(row.get("serving_hash").asText());
        assertThat(stored.state().seed()).isEqualTo(row.get("seed").asLong()).isEqualTo(Seeds.training(1, model, 0));
        try (TrainedModel trained = stored.open()) {
            double ne = trained.evaluate(testRows(row)).normalizedEntropy();
            assertThat(row.get("test_ne").asDouble()).isEqualTo(ne);
            assertThat(stored.metrics().get("test." + stored.specification().label() + ".ne"))
                    .isEqualTo(ne);
        }
        assertThat(Files.readAllBytes(warehouse.resolve("copy.smtm")))
                .isEqualTo(Files.readAllBytes(warehouse.resolve(row.get("file").asText())));
    }

    @Test
    void thePredictionsAreThoseOfTheModelBitForBit() throws IOException {
        JsonNode row = exported();
        EncodedExamples rows = testRows(row);
        List<JsonNode> predictions = tables.of(PredictionRow.TABLE).stream()
                .sorted(Comparator.comparingInt(one -> one.get("row_number").asInt()))
                .toList();
        try (TrainedModel trained = stored(row).open()) {
            float[] expected = trained.predict(rows);
            assertThat(predictions).hasSize(expected.length);
            for (int i = 0; i < expected.length; i++) {
                assertThat(predictions.get(i).get("prediction").asDouble()).isEqualTo((double) expected[i]);
                assertThat(predictions.get(i).get("row_hash").asLong()).isEqualTo(rows.rowHash(i));
                assertThat(predictions.get(i).get("model_checksum")).isEqualTo(row.get("checksum"));
            }
        }
    }

    @Test
    void whatIsDoneIsNotDoneAgain() {
        assertThat(run("train", "--model", model).succeeds().out()).contains("train: already done");
        assertThat(run("score", "--model", model, "--split", "test").succeeds().out())
                .contains("score: already done");
    }

    @Test
    void wrongInputIsNamed() {
        run("train", "--model", "no-such-model")
                .refusesInput("--model is \"no-such-model\"", "allowed: a model of the fleet");
        run("score", "--model", "a", "--model", "b")
                .refusesInput("2 problems", "--model is \"a\", which was never exported", "smt train --model b");
        run("score", "--model", model, "--split", "tests")
                .refusesInput("--split is \"tests\"; allowed: train, validation, test");
    }

    @Test
    void aDamagedFileIsRefusedAndALostOneMadeAnew() throws IOException {
        Path copy = TinyWorld.fresh("damaged-models");
        FileUtils.copyDirectory(warehouse.toFile(), copy.toFile());
        Path file = copy.resolve(exported().get("file").asText());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        CommandRun.onTinyWorld(List.of("score", "--model", model, "--split", "validation"), TinyWorld.warehouse(copy))
                .refusesInput("damaged or changed after it was written; delete it, and export the model again");
        Files.delete(file);
        CommandRun.onTinyWorld(List.of("score", "--model", model, "--split", "validation"), TinyWorld.warehouse(copy))
                .refusesInput("is missing; export the model again: smt train");
        CommandRun.onTinyWorld(List.of("train", "--model", model), TinyWorld.warehouse(copy))
                .succeeds();
        CommandRun.onTinyWorld(List.of("score", "--model", model, "--split", "validation"), TinyWorld.warehouse(copy))
                .succeeds();
        assertThat(ResultTables.of(copy).of(PredictionRow.TABLE))
                .extracting(row -> row.get("split").asText())
                .contains("test", "validation");
    }

    private static CommandRun run(String... command) {
        return CommandRun.onTinyWorld(List.of(command), TinyWorld.warehouse(warehouse));
    }

    private static JsonNode exported() {
        return tables.of(ExportedModelRow.TABLE).get(0);
    }

    private static StoredModel stored(JsonNode row) throws IOException {
        try (InputStream in = new BufferedInputStream(
                Files.newInputStream(warehouse.resolve(row.get("file").asText())))) {
            return ModelFile.read(in);
        }
    }

    private static EncodedExamples testRows(JsonNode row) throws IOException {
        Path file = warehouse
                .resolve("encoded")
                .resolve(row.get("pipeline").asText())
                .resolve(row.get("data_version").asText())
                .resolve("test.smtx");
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return EncodedExamplesFile.read(in);
        }
    }
}
