package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.data.FittedState;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.nn.representation.FittedFeatures;
import dev.smt.training.optimizer.DenseOptimizer;
import dev.smt.training.optimizer.OptimizerTemplate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The JVM's side of {@code benchmarks/trainer/run.py}; a program, not a test. Reads lines
 * "what batch ids threads seconds" and answers each with examples per second and per CPU second, summed over the threads. What: ours, limit
 * (dense part only), blocks (DJL's embedding blocks), beside (as many trainers as threads, one thread each).
 */
public final class DlrmRounds {
    private static final int ROWS = 65_536;

    private final Map<String, EncodedExamples> examples = new HashMap<>();
    private final Map<String, List<DlrmPeers.Step>> steps = new HashMap<>();

    private DlrmRounds() {
        examples.put("uniform", DlrmExamples.uniform(ROWS, DlrmExamples.CARDINALITY));
        examples.put("zipf", DlrmExamples.zipf(ROWS));
    }

    public static void main(String[] arguments) throws IOException {
        DlrmRounds rounds = new DlrmRounds();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] words = line.split(" ");
            System.out.println(rounds.measure(
                    words[0],
                    Integer.parseInt(words[1]),
                    words[2],
                    Integer.parseInt(words[3]),
                    Double.parseDouble(words[4])));
        }
    }

    private String measure(String what, int batch, String ids, int threads, double seconds) {
        String key = what + " " + batch + " " + ids + " " + threads;
        List<DlrmPeers.Step> parallel = steps.computeIfAbsent(key, k -> create(what, batch, ids, threads));
        int perStep = what.equals("limit") ? batch / threads : batch;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        double[][] rates =
                parallel.parallelStream().map(step -> rates(step, perStep, end)).toArray(double[][]::new);
        return Arrays.stream(rates).mapToDouble(rate -> rate[0]).sum() + " "
                + Arrays.stream(rates).mapToDouble(rate -> rate[1]).sum();
    }

    private static double[] rates(DlrmPeers.Step step, int examplesPerStep, long end) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpuStart = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        long count = 0;
        while (System.nanoTime() < end) {
            step.run();
            count += examplesPerStep;
        }
        double wall = (System.nanoTime() - start) * 1e-9;
        double cpu = (threads.getCurrentThreadCpuTime() - cpuStart) * 1e-9;
        return new double[] {count / wall, count / cpu};
    }

    private List<DlrmPeers.Step> create(String what, int batch, String ids, int threads) {
        EncodedExamples rows = examples.get(ids);
        int copies = what.equals("beside") || what.equals("limit") ? threads : 1;
        List<DlrmPeers.Step> created = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            created.add(
                    switch (what) {
                        case "ours" -> ours(rows, batch, threads);
                        case "beside" -> ours(rows, batch, 1);
                        case "limit" -> DlrmPeers.denseOnly(batch / threads);
                        case "blocks" -> DlrmPeers.embeddingBlocks(rows, batch);
                        default -> throw new IllegalArgumentException("unknown: " + what);
                    });
        }
        return created;
    }

    private static DlrmPeers.Step ours(EncodedExamples rows, int batch, int threads) {
        NetworkSpecification network = DlrmExamples.specification(rows, batch).network();
        RankingModel model = new RankingModel(
                network,
                new FittedFeatures(network, FittedState.NONE),
                batch,
                1,
                EmbeddingOptimizer.Kind.ROW_WISE_ADAGRAD.create(0),
                new Workers(threads, ComputeDevice.CPU));
        model.read(rows);
        DenseOptimizer adam =
                DenseOptimizer.of(OptimizerTemplate.DEFAULT, model.dense().decayed(), 0);
        float[] labels = rows.label("click");
        int[] order = IntStream.range(0, rows.rows())
                .map(i -> (int) (i * 40_503L % rows.rows()))
                .toArray();
        int[] at = {0};
        return () -> {
            at[0] = (at[0] + batch) % (rows.rows() - batch + 1);
            int from = at[0];
            model.backward(
                    order, from, batch, (logits, n, gradient) -> logLoss(logits, labels, order, from, n, gradient));
            model.update(adam, 0.001, 0.02);
        };
    }

    static double logLoss(float[] logits, float[] labels, int[] rows, int from, int count, float[] gradient) {
        double sum = 0;
        for (int b = 0; b < count; b++) {
            float label = labels[rows[from + b]];
            sum += LogisticLoss.of(logits[b], label);
            gradient[b] = (float) ((LogisticLoss.sigmoid(logits[b]) - label) / count);
        }
        return sum / count;
    }
}
