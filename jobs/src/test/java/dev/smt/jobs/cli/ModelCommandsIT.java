package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesFile;
import dev.smt.jobs.table.ExportedModelRow;
import dev.smt.jobs.table.PredictionRow;
import dev.smt.model.ModelFile;
import dev.smt.model.StoredModel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
