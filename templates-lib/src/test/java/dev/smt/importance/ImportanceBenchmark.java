package dev.smt.importance;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesBuilder;
import dev.smt.data.Mixing;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureRanking;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import dev.smt.training.FeatureScorer;
import dev.smt.training.ModelSpecification;
import dev.smt.training.ModelTrainer;
import dev.smt.training.TrainedModel;
import dev.smt.training.TrainingTemplate;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What permutation importance costs beside scoring: 300 features, 30 of which the label follows. benchmarks/importance.md has the
 * command and the figures. Times are of the processor, because others use the machine too.
 *
 * <p>Arguments: training rows, validation rows, and {@code mixed} (200 numbers and 100 ids, with a cross layer) or {@code
 * perceptron} (300 numbers and a perceptron, as the peer has it).
 */
public final class ImportanceBenchmark {
    private static final int CARDINALITY = 1_000;
    private static final int PASSES = 9;

    /** @param numbers a tenth of them, the first, are informative; of the ids too */
    private record World(int numbers, int ids, Architecture architecture) {
        static final World MIXED =
                new World(200, 100, architecture(4, List.of(new Interaction.Cross(1, 4)), List.of(64, 32)));
        static final World PERCEPTRON = new World(300, 0, architecture(1, List.of(new Interaction.Dot()), List.of()));

        private static Architecture architecture(int width, List<Interaction> interactions, List<Integer> head) {
            return new Architecture(Paradigm.SPARSE_NN, width, 0, List.of(64, 32), interactions, head);
        }

        int features() {
            return numbers + ids;
        }

        EncodedExamples rows(int rows, long seed) {
            Random random = new Random(seed);
            EncodedExamplesBuilder builder = EncodedExamples.builder(rows);
            double[] logits = new double[rows];
            byte[] buckets = new byte[rows];
            random.nextBytes(buckets);
            for (int i = 0; i < numbers; i++) {
                float[] values = new float[rows];
                for (int row = 0; row < rows; row++) {
                    values[row] = (float) random.nextGaussian();
                    logits[row] += i < numbers / 10 ? 0.4 * values[row] : 0;
                }
                builder.numeric(number(i), values);
            }
            for (int i = 0; i < ids; i++) {
                int[] values = new int[rows];
                for (int row = 0; row < rows; row++) {
                    values[row] = random.nextInt(CARDINALITY);
                    logits[row] += i < ids / 10 ? 0.8 * (2 * Mixing.unit(values[row], i) - 1) : 0;
                }
                builder.ids(id(i), values);
            }
            float[] labels = new float[rows];
            for (int row = 0; row < rows; row++) {
                labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-logits[row])) ? 1 : 0;
            }
            return builder.label("click", labels).buckets(buckets).build();
        }

        ModelSpecification specification() {
            List<Feature> features = new ArrayList<>();
            IntStream.range(0, numbers).forEach(i -> features.add(number(i)));
            IntStream.range(0, ids).forEach(i -> features.add(id(i)));
            NetworkSpecification network = new NetworkSpecification(
                    architecture, features, 1, SequencePooling.MEAN, List.of(OptimizationEvent.binary("click")));
            return new ModelSpecification(
                    network, DataTemplate.PLAIN, new TrainingTemplate(2, 256, 0.05, 0.002, 0.1, 0.1, 0, 0), "0");
        }

        private Feature number(int i) {
            String name = "number-" + i + (i < numbers / 10 ? "+" : "");
            return new Feature(name, FeatureType.NUMERIC, FeatureSide.CONTEXT, new NumericColumn());
        }

        private Feature id(int i) {
            String name = "id-" + i + (i < ids / 10 ? "+" : "");
            return new Feature(name, FeatureType.ID, FeatureSide.CONTEXT, new IdColumn(CARDINALITY));
        }
    }

    private ImportanceBenchmark() {}

    public static void main(String[] arguments) {
        World world = arguments[2].equals("perceptron") ? World.PERCEPTRON : World.MIXED;
        EncodedExamples training = world.rows(Integer.parseInt(arguments[0]), 1);
        EncodedExamples validation = world.rows(Integer.parseInt(arguments[1]), 2);
        try (TrainedModel model = new ModelTrainer().train(world.specification(), training, 5)) {
            ReferenceModel reference = new ReferenceModel(model, training, validation, 5);
            FeatureScorer scorer = new FeatureScorer(model, validation);
            int[] all = IntStream.range(0, validation.rows()).toArray();
            Supplier<?> pass = () -> scorer.losses(all);
            median(PASSES, pass);
            System.out.printf(
                    Locale.ROOT, "%s, %d features, %,d validation rows%n", arguments[2], world.features(), all.length);
            report("a tenth of the rows first", pass, reference, new PermutationImportance(1, 3, Precision.ADAPTIVE));
            report("all rows", pass, reference, new PermutationImportance(1, 3));
            report("integrated gradients, 8 steps", pass, reference, new IntegratedGradients(8));
            report("first-order ablation", pass, reference, new FirstOrderAblation());
            report("learned gates, 10 epochs", pass, reference, new LearnedGates(10));
        }
    }

    /** Passes are timed before and after: this machine's speed changes within minutes. */
    private static void report(String what, Supplier<?> onePass, ReferenceModel reference, ImportanceMethod method) {
        List<FeatureImportance> importances = new ArrayList<>();
        double before = median(PASSES, onePass);
        double seconds = median(1, () -> importances.addAll(method.of(reference)));
        double pass = (before + median(PASSES, onePass)) / 2;
        long found = FeatureRanking.byType(importances).values().stream()
                .flatMap(ofType -> ofType.stream().limit(ofType.size() / 10))
                .filter(feature -> feature.feature().endsWith("+"))
                .count();
        System.out.printf(
                Locale.ROOT,
                "%s: %.2f s; a scoring pass %.3f s; %.3f passes per feature; %d of %d found%n",
                what,
                seconds,
                pass,
                seconds / pass / importances.size(),
                found,
                importances.size() / 10);
    }

    private static double median(int times, Supplier<?> work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] seconds = new double[times];
        for (int i = 0; i < times; i++) {
            long start = threads.getCurrentThreadCpuTime();
            work.get();
            seconds[i] = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[times / 2];
    }
}
