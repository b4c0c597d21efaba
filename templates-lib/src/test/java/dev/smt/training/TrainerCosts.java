package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.data.RowMajorColumns;
import dev.smt.feature.Feature;
import dev.smt.nn.Paradigm;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.training.optimizer.DenseOptimizer;
import dev.smt.training.optimizer.OptimizerTemplate;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a step costs with large tables, what a trial costs to start, what memory many trials take, and how fast batches
 * are filled; a program, not a test. The command and its table are in {@code benchmarks/trainer.md}. Argument: rows,
 * start, memory or loading.
 */
public final class TrainerCosts {
    private static final int BATCH = 1024;

    private TrainerCosts() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "rows" -> rows();
            case "start" -> start();
            case "memory" -> memory();
            case "loading" -> loading();
            default -> throw new IllegalArgumentException(arguments[0] + "; allowed: rows, start, memory, loading");
        }
    }

    /** Steps with tables of 10 thousand rows each, and with one of them of 10 million, in turns. */
    private static void rows() {
        int count = 65_536;
        EncodedExamples small = DlrmExamples.uniform(count, 10_000);
        EncodedExamples large = DlrmExamples.withLargeFirst(small, count, 10_000_000);
        int[] order = order(count);
        double[][] seconds = new double[2][400];
        try (RankingModel smallModel = model(small);
                RankingModel largeModel = model(large)) {
            List<RankingModel> models = List.of(smallModel, largeModel);
            DenseOptimizer[] adams = {
                DenseOptimizer.of(OptimizerTemplate.DEFAULT, smallModel.dense().decayed(), 0),
                DenseOptimizer.of(OptimizerTemplate.DEFAULT, largeModel.dense().decayed(), 0)
            };
            float[] labels = small.label("click");
            for (int step = -100; step < 400; step++) {
                int from = Math.floorMod(step, count / BATCH) * BATCH;
                for (int i = 0; i < 2; i++) {
                    long begin = System.nanoTime();
                    models.get(i)
                            .backward(
                                    order,
                                    from,
                                    BATCH,
                                    (logits, n, gradient) ->
                                            DlrmRounds.logLoss(logits, labels, order, from, n, gradient));
                    models.get(i).update(adams[i], 0.001, 0.02);
                    if (step >= 0) {
                        seconds[i][step] = 1e-9 * (System.nanoTime() - begin);
                    }
                }
            }
        }
        print("step with 26 tables of 10,000 rows", seconds[0]);
        print("step with one of them of 10,000,000 rows", seconds[1]);
    }

    /** From specification to the end of the first step; batch of 1,024 rows. */
    private static void start() {
        EncodedExamples rows = DlrmExamples.uniform(BATCH, DlrmExamples.CARDINALITY);
        EncodedExamples zipf = DlrmExamples.zipf(BATCH);
        EncodedExamples planted = PlantedExamples.of(BATCH, 1);
        ModelSpecification dlrm = DlrmExamples.specification(rows, BATCH);
        ModelSpecification small =
                PlantedExamples.specification(Paradigm.SPARSE_NN, PlantedExamples.training(1, BATCH));
        double[][] seconds = new double[3][30];
        for (int trial = -10; trial < 30; trial++) {
            double[] now = {
                trial(dlrm, rows, trial), trial(dlrm, zipf, trial), trial(small, planted, trial),
            };
            for (int i = 0; i < 3 && trial >= 0; i++) {
                seconds[i][trial] = now[i];
            }
        }
        print("start, DLRM-like, 26 tables of 100,000 rows, uniform ids", seconds[0]);
        print("start, DLRM-like, Zipf ids", seconds[1]);
        print("start, 6 features, small tables, dot and cross", seconds[2]);
    }

    private static double trial(ModelSpecification specification, EncodedExamples rows, long seed) {
        long begin = System.nanoTime();
        try (TrainedModel model = new ModelTrainer().train(specification, rows, seed)) {
            return 1e-9 * (System.nanoTime() - begin) / model.steps();
        }
    }

    /** Resident memory while trials of 8 steps come and go. */
    private static void memory() throws IOException {
        EncodedExamples rows = PlantedExamples.of(2 * BATCH, 1);
        ModelSpecification specification =
                PlantedExamples.specification(Paradigm.SPARSE_NN, PlantedExamples.training(1, BATCH / 4));
        for (int trial = 1; trial <= 350; trial++) {
            try (TrainedModel model = new ModelTrainer().train(specification, rows, trial)) {
                model.predict(rows);
            }
            if (trial % 50 == 0) {
                System.gc();
                System.out.printf("after %d trials: %,d MiB resident%n", trial, residentMebibytes());
            }
        }
    }

    private static long residentMebibytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
            }
        }
        throw new IOException("/proc/self/status has no VmRSS");
    }

    /** Gathering a million rows in random order into batches of 40 features, as the trainer reads them. */
    private static void loading() {
        int count = 1_000_000;
        EncodedExamples rows = DlrmExamples.uniform(count, DlrmExamples.CARDINALITY);
        int[] order = order(count);
        double[] turning = new double[15];
        double[] seconds = new double[15];
        for (int repeat = -3; repeat < 15; repeat++) {
            long begin = threadNanoseconds();
            RowMajorColumns ids = RowMajorColumns.ofIds(rows.features().stream()
                    .filter(feature -> feature.column() instanceof Feature.IdColumn)
                    .map(feature -> rows.ids(feature.name()))
                    .toList());
            RowMajorColumns numbers = RowMajorColumns.ofNumbers(Stream.concat(
                            rows.features().stream()
                                    .filter(feature -> feature.column() instanceof Feature.NumericColumn)
                                    .map(feature -> rows.numeric(feature.name())),
                            Stream.of(rows.label("click")))
                    .toList());
            long turned = threadNanoseconds();
            fill(order, ids, numbers);
            if (repeat >= 0) {
                turning[repeat] = 1e-9 * (turned - begin) / count;
                seconds[repeat] = 1e-9 * (threadNanoseconds() - turned) / (count / BATCH * BATCH);
            }
        }
        print("turning an example, once per training", turning);
        print("loading of an example", seconds);
    }

    private static void fill(int[] order, RowMajorColumns ids, RowMajorColumns numbers) {
        int[] idBatch = new int[BATCH * ids.width()];
        float[] numberBatch = new float[BATCH * numbers.width()];
        for (int from = 0; from + BATCH <= order.length; from += BATCH) {
            for (int i = 0; i < ids.width(); i++) {
                for (int b = 0; b < BATCH; b++) {
                    idBatch[i * BATCH + b] = ids.id(order[from + b], i);
                }
            }
            for (int b = 0; b < BATCH; b++) {
                numbers.numbers(order[from + b], numberBatch, b * numbers.width());
            }
        }
    }

    private static long threadNanoseconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static int[] order(int count) {
        int[] order = IntStream.range(0, count).toArray();
        Random random = new Random(1);
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    private static RankingModel model(EncodedExamples rows) {
        RankingModel model = new RankingModel(
                DlrmExamples.specification(rows, BATCH).network(),
                BATCH,
                1,
                EmbeddingOptimizer.Kind.ROW_WISE_ADAGRAD.create(0));
        model.read(rows);
        return model;
    }

    private static void print(String what, double[] seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        System.out.printf(
                "%s: median %,.6f ms, tenth percentile %,.6f ms%n",
                what, 1e3 * sorted[sorted.length / 2], 1e3 * sorted[sorted.length / 10]);
    }
}
