package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code smt benchmark} does without a study, and what it refuses. */
class BenchmarkCommandTest {
    @TempDir
    private Path folder;

    @Test
    void whoAnswersWithTheExportedTruthHasAPerfectScore() throws IOException {
        Path fleet = folder.resolve("fleet.json");
        small("--export", fleet.toString()).succeeds();
        JsonNode document = new ObjectMapper().readTree(fleet.toFile());
        assertThat(document.path("models")).hasSize(24);
        Path decisions = Files.writeString(
                folder.resolve("decisions.jsonl"),
                StreamSupport.stream(document.path("techniques").spliterator(), false)
                        .filter(technique -> technique.path("truth").has("best"))
                        .map(technique -> "{\"technique\": " + technique.path("name") + ", \"accepted\": true,"
                                + " \"trainings\": 7, \"theta-star\": "
                                + technique.path("truth").path("best").path("theta") + "}")
                        .collect(Collectors.joining("\n")));
        assertThat(small("--score", decisions.toString()).succeeds().out().replaceAll(" +", " "))
                .contains(
                        " near-best 1 share wanted at least 0.9000: met",
                        " mean-regret 0 percent NE",
                        " accepted 7 count",
                        " false-acceptance 0 share wanted at most 0.0500: met",
                        " missed 0 count",
                        " decision-trainings 49 count");
    }

    @Test
    void wrongOptionsAreRefusedAllAtOnce() {
        small("--rule", "magic", "--seeds", "0", "--trials", "1", "--cycles", "9")
                .refusesInput(
                        "3 problems:",
                        "--rule is \"magic\"; allowed: paper, probability",
                        "--seeds is 0; allowed: 1 or more",
                        "trials is 1; allowed: 2 or more");
        CommandRun.of("benchmark", "--models", "5").refusesInput("models is 5; allowed: the number of clusters, 20,");
        small("--export", "fleet.json", "--seeds", "2", "--warehouse", "w")
                .refusesInput(
                        "--seeds is 2 with --export or --score; these are of one fleet: leave it out",
                        "--clusters-only and --warehouse belong to a study");
        small("--score", folder.resolve("nowhere").toString())
                .refusesInput("which can't be read", "allowed: a file of JSON lines");
        small("--export", folder.toString()).refusesInput("which can't be written");
    }

    @Test
    void everyWrongLineOfDecisionsIsNamed() throws IOException {
        Path decisions = Files.writeString(folder.resolve("wrong.jsonl"), "nonsense\n{\"technique\": \"magic\"}\n");
        small("--score", decisions.toString())
                .refusesInput("2 problems:", decisions + ", line 1: not JSON: ", decisions + ", line 2: ");
    }

    private static CommandRun small(String... options) {
        return CommandRun.of(Stream.concat(
                        Stream.of("benchmark", "--models", "24", "--clusters", "4", "--techniques", "8"),
                        Stream.of(options))
                .toArray(String[]::new));
    }
}
