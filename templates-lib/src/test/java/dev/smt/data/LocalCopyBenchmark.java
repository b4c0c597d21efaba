package dev.smt.data;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * What it takes to have a split's examples in the heap, and to have them mapped; {@code benchmarks/cluster.md} has the figures.
 * Arguments: a folder, rows, features of each kind (ids, numbers), repetitions.
 */
public final class LocalCopyBenchmark {
    private LocalCopyBenchmark() {}

    private interface Load {
        EncodedExamples examples() throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int rows = Integer.parseInt(arguments[1]);
        int features = Integer.parseInt(arguments[2]);
        int repetitions = Integer.parseInt(arguments[3]);
        Path packed = folder.resolve("packed");
        try (OutputStream out = Files.newOutputStream(packed)) {
            EncodedExamplesFile.write(random(rows, features), out);
        }
        System.out.printf(Locale.ROOT, "packed %.1f MB%n", Files.size(packed) / 1e6);
        for (int i = 0; i < repetitions; i++) {
            measure("heap", () -> read(packed, new HeapColumns()));
            Path mapped = folder.resolve("mapped");
            measure("mapped", () -> MappedColumns.write(mapped, columns -> read(packed, columns), bytes -> {}));
            Files.delete(mapped);
        }
    }

    private static EncodedExamples read(Path file, ColumnStorage columns) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return EncodedExamplesFile.read(in, columns);
        }
    }

    private static void measure(String what, Load load) throws IOException {
        long before = usedHeap();
        long start = System.nanoTime();
        EncodedExamples examples = load.examples();
        double loaded = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        double sum = 0;
        for (Feature feature : examples.features()) {
            sum += feature.column() instanceof IdColumn
                    ? Arrays.stream(examples.ids(feature.name())).asLongStream().sum()
                    : sum(examples.numeric(feature.name()));
        }
        double used = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%-6s loaded in %.2f s, all columns read in %.2f s, heap %.1f MB (sum %.3f)%n",
                what,
                loaded,
                used,
                (usedHeap() - before) / 1e6,
                sum + examples.rows());
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static EncodedExamples random(int rows, int features) {
        Random random = new Random(1);
        EncodedExamplesBuilder builder = EncodedExamples.builder(rows);
        for (int f = 0; f < features; f++) {
            builder.ids(
                    new Feature("id" + f, FeatureType.ID, FeatureSide.ITEM, new IdColumn(100_000)),
                    random.ints(rows, 0, 100_000).toArray());
            float[] numbers = new float[rows];
            for (int row = 0; row < rows; row++) {
                numbers[row] = (float) random.nextGaussian();
            }
            builder.numeric(new Feature("n" + f, FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn()), numbers);
        }
        return builder.build();
    }
}
