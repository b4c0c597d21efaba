package dev.smt.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors, processes of their own, to which Spark gives GPUs that a script names. */
class GpuClusterIT {
    private static final int LONGEST_MINUTES = 5;

    @TempDir
    Path folder;

    @Test
    void trainingsShareTheGpusThatSparkGivesThemByTheirMemory() throws Exception {
        List<String> lines = run();
        assertThat(lines.stream().filter(line -> line.startsWith("devices"))).containsExactly("devices [cpu]");
        assertThat(lines.stream().filter(line -> line.startsWith("warning")))
                .hasSize(2)
                .allMatch(line -> line.matches("warning PyTorch can't use GPU 12[67]: .*docs/gpus.md.*"));
        assertThat(lines).noneMatch(line -> line.startsWith("problem"));
        assertThat(mostAtOnce(lines, "room for 2: ")).isEqualTo(Map.of("126", 2, "127", 2));
        assertThat(mostAtOnce(lines, "room for 1: ")).isEqualTo(Map.of("126", 1, "127", 1));
    }

    /** By GPU, of how many trainings the spans overlap. */
    private static Map<String, Integer> mostAtOnce(List<String> lines, String begin) {
        Map<String, List<Span>> spans = lines.stream()
                .filter(line -> line.startsWith(begin))
                .map(line -> line.substring(begin.length()).split(" "))
                .map(words -> new Span(words[0], Long.parseLong(words[1]), Long.parseLong(words[2])))
                .collect(Collectors.groupingBy(Span::gpu, TreeMap::new, Collectors.toList()));
        assertThat(spans.values().stream().mapToInt(List::size).sum()).isEqualTo(8);
        Map<String, Integer> most = new TreeMap<>();
        spans.forEach((gpu, of) -> most.put(
                gpu,
                of.stream()
                        .mapToInt(one -> (int) of.stream()
                                .filter(other -> other.begin() <= one.begin() && one.begin() < other.end())
                                .count())
                        .max()
                        .orElseThrow()));
        return most;
    }

    private record Span(String gpu, long begin, long end) {}

    private List<String> run() throws IOException, InterruptedException {
        Path script = Files.writeString(
                folder.resolve("gpus"), "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"126\", \"127\"]}'\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Path output = folder.resolve("output");
        Map<String, String> settings = LocalCluster.settings(1, 8, 1024);
        settings.putAll(Map.of(
                "spark.executor.resource.gpu.amount", "2",
                "spark.executor.resource.gpu.discoveryScript", script.toString(),
                "spark.worker.resource.gpu.amount", "2",
                "spark.worker.resource.gpu.discoveryScript", script.toString(),
                "spark.task.resource.gpu.amount", "0.25",
                "spark.ui.enabled", "false",
                "spark.app.name", "gpus"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
        command.addAll(LocalCluster.jvmOptions());
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                GpuCluster.class.getName(),
                Files.createDirectories(folder.resolve("warehouse")).toString()));
        ProcessBuilder builder = LocalCluster.driver(command, folder.resolve("spark"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        try (Stream<String> lines = Files.lines(output)) {
            List<String> all = lines.toList();
            assertThat(process.exitValue()).as(() -> String.join("\n", all)).isZero();
            return all;
        }
    }
}
