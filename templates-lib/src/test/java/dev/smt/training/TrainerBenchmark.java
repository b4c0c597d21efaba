package dev.smt.training;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesBuilder;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;

/**
 * How many examples per second one thread trains; a program, not a test. The command and its table are in
 * {@code benchmarks/trainer.md}.
 *
 * <p>Rows: 12 id features and one sequence of 20 ids, each over 100,000 ids, and 5 numeric features. Ids are uniform (the
 * worst case for caches), or skewed as in logs: with u uniform, id = 100,000 * u^4, so that 1 % of the ids have 32 % of
 * the rows.
 */
public final class TrainerBenchmark {
    private static final int IDS = 12;
    private static final int NUMBERS = 5;
    private static final int LENGTH = 20;
    private static final int CARDINALITY = 100_000;
    private static final List<Interaction> DOT = List.of(new Interaction.Dot());
    private static final List<Interaction> DOT_AND_CROSS = List.of(new Interaction.Dot(), new Interaction.Cross(2, 16));

    private TrainerBenchmark() {}

    /** Argument: number of rows (default 100,000). */
    public static void main(String[] arguments) {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        System.out.println("| network | batch | examples/s | examples per CPU second |");
        System.out.println("|---|---|---|---|");
        EncodedExamples uniform = rows(count, 1);
        for (int batch : new int[] {256, 512, 1024}) {
            measure("SparseNN, dot; uniform ids", Paradigm.SPARSE_NN, DOT, batch, uniform);
        }
        EncodedExamples skewed = rows(count, 4);
        for (int batch : new int[] {256, 512, 1024}) {
            measure("SparseNN, dot; skewed ids", Paradigm.SPARSE_NN, DOT, batch, skewed);
        }
        measure("SparseNN, dot and cross 2 x 16; skewed ids", Paradigm.SPARSE_NN, DOT_AND_CROSS, 512, skewed);
        measure("Decoupled SparseNN, dot; skewed ids", Paradigm.DECOUPLED_SPARSE_NN, DOT, 512, skewed);
    }

    private static void measure(
            String name, Paradigm paradigm, List<Interaction> interactions, int batch, EncodedExamples rows) {
        Architecture architecture = new Architecture(paradigm, 16, 0, List.of(32), interactions, List.of(64, 32));
        TrainingTemplate training = new TrainingTemplate(1, batch, 0.05, 0.001, 0, 1, 0.01, 0);
        ModelSpecification specification = new ModelSpecification(
                new NetworkSpecification(
                        architecture,
                        rows.features(),
                        LENGTH,
                        SequencePooling.MEAN,
                        List.of(OptimizationEvent.binary("click"))),
                DataTemplate.PLAIN,
                training,
                "0");
        double wall = Double.POSITIVE_INFINITY;
        double cpu = Double.POSITIVE_INFINITY;
        for (int repeat = 0; repeat < 3; repeat++) {
            long cpuBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            try (TrainedModel model = new ModelTrainer().train(specification, rows, repeat)) {
                wall = Math.min(wall, model.trainSeconds());
            }
            cpu = Math.min(cpu, 1e-9 * (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBefore));
        }
        System.out.printf("| %s | %d | %,.0f | %,.0f |%n", name, batch, rows.rows() / wall, rows.rows() / cpu);
    }

    private static int[] ids(int count, int skew, Random random) {
        return random.doubles(count)
                .mapToInt(u -> (int) (CARDINALITY * Math.pow(u, skew)))
                .toArray();
    }

    private static EncodedExamples rows(int count, int skew) {
        Random random = new Random(1);
        EncodedExamplesBuilder builder = EncodedExamples.builder(count);
        for (int i = 0; i < IDS; i++) {
            FeatureSide side = i % 2 == 0 ? FeatureSide.USER : FeatureSide.ITEM;
            builder.ids(
                    new Feature("id" + i, FeatureType.ID, side, new IdColumn(CARDINALITY)), ids(count, skew, random));
        }
        for (int i = 0; i < NUMBERS; i++) {
            float[] values = new float[count];
            for (int row = 0; row < count; row++) {
                values[row] = (float) random.nextGaussian();
            }
            FeatureSide side = i % 2 == 0 ? FeatureSide.USER : FeatureSide.ITEM;
            builder.numeric(new Feature("number" + i, FeatureType.NUMERIC, side, new NumericColumn()), values);
        }
        int[] offsets = new int[count + 1];
        float[] labels = new float[count];
        for (int row = 0; row < count; row++) {
            offsets[row + 1] = (row + 1) * LENGTH;
            labels[row] = random.nextInt(10) == 0 ? 1 : 0;
        }
        return builder.sequences(
                        new Feature(
                                "history",
                                FeatureType.EVENT,
                                FeatureSide.USER,
                                new SequenceColumn(CARDINALITY, LENGTH)),
                        offsets,
                        ids(count * LENGTH, skew, random))
                .label("click", labels)
                .build();
    }
}
