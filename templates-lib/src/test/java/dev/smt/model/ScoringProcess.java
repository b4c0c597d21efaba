package dev.smt.model;

import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesFile;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.training.TrainedModel;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that loads a model and rows, and writes its predictions: model file, rows file, predictions file. */
final class ScoringProcess {
    private ScoringProcess() {}

    public static void main(String[] files) throws IOException {
        try (InputStream model = new BufferedInputStream(Files.newInputStream(Path.of(files[0])));
                InputStream rows = new BufferedInputStream(Files.newInputStream(Path.of(files[1])));
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(Path.of(files[2]))));
                TrainedModel trained = ModelFile.read(model).open()) {
            EncodedExamples examples = EncodedExamplesFile.read(rows);
            for (OptimizationEvent event : trained.specification().network().events()) {
                for (float prediction : trained.predict(examples, event.label())) {
                    out.writeFloat(prediction);
                }
            }
        }
    }
}
