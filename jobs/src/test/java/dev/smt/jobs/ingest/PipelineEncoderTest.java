package dev.smt.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesFile;
import dev.smt.data.RowGroupSize;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.ingest.ColumnEncoder.Fitted;
import dev.smt.jobs.ingest.FeatureEncoding.Hashing;
import dev.smt.jobs.ingest.FeatureEncoding.Id;
import dev.smt.jobs.ingest.FeatureEncoding.Number;
import dev.smt.jobs.ingest.FeatureEncoding.Sequence;
import dev.smt.jobs.ingest.FeatureEncoding.Vocabulary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineEncoderTest {
    @TempDir
    private Path folder;

    private final List<Spill> spills = new ArrayList<>();

    @AfterEach
    void dropSpills() throws IOException {
        for (Spill spill : spills) {
            spill.close();
        }
    }

    @Test
    void idsGoByDescendingCountThenValueUpToTheLargestVocabulary() throws IOException {
        PipelineEncoder encoder = encoder(new Id(new Vocabulary(1, 3)));
        List<Long> values = List.of(10L, 9L, 9L, 7L, 8L, 8L);
        for (Long value : values) {
            add(encoder, Split.TRAIN, value);
        }
        add(encoder, Split.TEST, 7L);
        add(encoder, Split.TEST, null);
        encoder.finish();

        assertThat(examples(encoder, Split.TRAIN).ids("f"))
                .as("8 and 9 twice, then 7 before 10, as numbers; 10 finds no place")
                .containsExactly(0, 2, 2, 3, 1, 1);
        assertThat(examples(encoder, Split.TEST).ids("f")).containsExactly(3, 0);
        assertThat(encoder.fitted()).isEqualTo(Map.of("f", new Fitted.Values(List.of("8", "9", "7"))));
    }

    @Test
    void aValueBelowTheSmallestCountIsOutOfVocabulary() throws IOException {
        PipelineEncoder encoder = encoder(new Id(new Vocabulary(2, 100)), true);
        for (String value : List.of("a", "b", "b")) {
            add(encoder, Split.TRAIN, value);
        }
        encoder.finish();

        assertThat(examples(encoder, Split.TRAIN).ids("f")).containsExactly(0, 1, 1);
    }

    @Test
    void valuesOfLaterRowsAreNotLearned() throws IOException {
        PipelineEncoder encoder = encoder(new Id(new Vocabulary(1, 100)), true);
        add(encoder, Split.TRAIN, "a");
        add(encoder, Split.VALIDATION, "b");
        add(encoder, Split.TEST, "b");
        encoder.finish();

        assertThat(examples(encoder, Split.TEST).ids("f")).containsExactly(0);
        assertThat(encoder.fitted()).isEqualTo(Map.of("f", new Fitted.Values(List.of("a"))));
    }

    @Test
    void hashesFallIntoTheirBuckets() throws IOException {
        PipelineEncoder encoder = encoder(new Id(new Hashing(10)));
        add(encoder, Split.TRAIN, 23L);
        add(encoder, Split.TRAIN, -1L);
        add(encoder, Split.TRAIN, null);
        encoder.finish();

        assertThat(examples(encoder, Split.TRAIN).ids("f")).containsExactly(4, 10, 0);
    }

    @Test
    void standardizesTheLogarithmOnTrainingRowsOnly() throws IOException {
        PipelineEncoder encoder = encoder(new Number(true));
        for (double value : new double[] {0.0, Math.E - 1, -(Math.E - 1)}) {
            add(encoder, Split.TRAIN, value);
        }
        add(encoder, Split.VALIDATION, Math.E * Math.E - 1);
        add(encoder, Split.VALIDATION, null);
        add(encoder, Split.VALIDATION, Double.POSITIVE_INFINITY);
        encoder.finish();

        float sd = (float) Math.sqrt(2.0 / 3);
        assertThat(examples(encoder, Split.TRAIN).numeric("f"))
                .as("logarithms 0, 1, -1")
                .containsExactly(new float[] {0, 1 / sd, -1 / sd}, within(1e-6f));
        assertThat(examples(encoder, Split.VALIDATION).numeric("f"))
                .containsExactly(new float[] {2 / sd, 0, 0}, within(1e-6f));
        assertThat(encoder.missingShares()).containsEntry("f", 2.0 / 6);
    }

    @Test
    void aConstantNumberIsZeroEverywhere() throws IOException {
        PipelineEncoder encoder = encoder(new Number(false));
        for (int row = 0; row < 1000; row++) {
            add(encoder, Split.TRAIN, 0.1);
        }
        add(encoder, Split.TEST, 7.0);
        encoder.finish();

        assertThat(examples(encoder, Split.TRAIN).numeric("f")).containsOnly(0);
        assertThat(examples(encoder, Split.TEST).numeric("f")).containsOnly(0);
    }

    @Test
    void keepsTimesHashesBucketsAndLabels() throws IOException {
        PipelineEncoder encoder = encoder(new Number(false));
        encoder.add(row("p", Split.TRAIN.ordinal(), 5L, 77L, 200, 1.0, 3.0));
        encoder.finish();

        EncodedExamples examples = examples(encoder, Split.TRAIN);

        assertThat(examples.time(0)).isEqualTo(5);
        assertThat(examples.rowHash(0)).isEqualTo(77);
        assertThat(examples.bucket(0)).isEqualTo(200);
        assertThat(examples.label("y")).containsExactly(1);
    }

    @Test
    void groupsThatWereSpilledAreEncodedLikeRowsInMemory() throws IOException {
        FeatureEncoding wide = new Sequence(new Vocabulary(1, 100), 1 << 15, false);
        PipelineEncoder encoder = encoder(wide);
        for (int row = 0; row < 1_000; row++) {
            add(encoder, row < 600 ? Split.TRAIN : Split.VALIDATION, sequence(row % 7, row % 3));
        }
        encoder.finish();

        EncodedExamples train = examples(encoder, Split.TRAIN);
        EncodedExamples validation = examples(encoder, Split.VALIDATION);

        assertThat(RowGroupSize.of(1 << 15)).as("rows of a group").isEqualTo(256);
        assertThat(train.rows()).isEqualTo(600);
        assertThat(validation.rows()).isEqualTo(400);
        assertThat(validation.sequences("f").offsets()[400]).isEqualTo(800);
        List<String> values = ((Fitted.Values) encoder.fitted().get("f")).byId();
        for (int row = 0; row < 400; row++) {
            int[] ids = validation.sequences("f").values();
            assertThat(values.get(ids[2 * row] - 1)).isEqualTo(String.valueOf((600 + row) % 7));
            assertThat(values.get(ids[2 * row + 1] - 1)).isEqualTo(String.valueOf((600 + row) % 3));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void vocabulariesThatMemoryDoesNotHoldAreThoseThatItDoes(boolean texts) throws IOException {
        Vocabulary vocabulary = new Vocabulary(2, 30_000);
        Map<String, Fitted> earlier = Map.of("f", new Fitted.Values(List.of("7", "-1", "40000")));
        PipelineEncoder held = new PipelineEncoder(
                List.of(feature(new Id(vocabulary))), List.of(texts), List.of("y"), earlier, spill(), bytes -> true);
        long allowed = texts ? 4 << 20 : 2 << 20;
        List<Long> looks = new ArrayList<>();
        PipelineEncoder spilled = new PipelineEncoder(
                List.of(feature(new Id(vocabulary))), List.of(texts), List.of("y"), earlier, spill(), bytes -> {
                    looks.add(bytes);
                    return bytes <= allowed;
                });
        Random random = new Random(5);
        for (int row = 0; row < 400_000; row++) {
            long skewed = (long) (200_000 * Math.pow(random.nextDouble(), 2)) + (row < 200_000 ? 0 : 30_000);
            Object value = random.nextInt(50) == 0 ? null : texts ? Long.toString(skewed) : (Object) skewed;
            Split split = row < 380_000 ? Split.TRAIN : row < 390_000 ? Split.VALIDATION : Split.TEST;
            add(held, split, value);
            add(spilled, split, value);
        }
        held.finish();
        spilled.finish();

        long peak = looks.stream().mapToLong(bytes -> bytes).max().orElseThrow();
        assertThat(peak).as("what is held before it is spilled").isBetween(allowed, allowed * 5 / 4);
        assertThat(looks.stream().filter(bytes -> bytes > allowed).count())
                .as("runs")
                .isGreaterThan(1);
        assertThat(spilled.fitted()).isEqualTo(held.fitted());
        assertThat(((Fitted.Values) spilled.fitted().get("f")).byId())
                .hasSize(30_000)
                .startsWith("7", "-1", "40000");
        for (Split split : Split.values()) {
            assertThat(file(spilled, split)).as(split.label()).isEqualTo(file(held, split));
        }
    }

    @Test
    void aSpilledGroupLeavesNoFile() throws IOException {
        try (Spill spill = new Spill(folder)) {
            Spill.Place place = spill.write(new double[] {1.5, -0.0}, 2);
            Spill.Place other = spill.write(new long[] {7}, 1);
            assertThat(spill.doubles(place)).containsExactly(1.5, -0.0);
            assertThat(spill.longs(other)).containsExactly(7);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void manyWholeNumbersKeepTheirCodes() {
        LongCodes codes = new LongCodes();
        for (int i = 0; i < 100_000; i++) {
            assertThat(codes.add(i * 4_000_000_007L)).isEqualTo(i);
        }
        assertThat(codes.add(7 * 4_000_000_007L)).isEqualTo(7);
        assertThat(codes.find(99_999 * 4_000_000_007L)).isEqualTo(99_999);
        assertThat(codes.find(1)).isEqualTo(-1);
        assertThat(codes.value(3)).isEqualTo(3 * 4_000_000_007L);
    }

    private PipelineEncoder encoder(FeatureEncoding encoding) throws IOException {
        return encoder(encoding, false);
    }

    private PipelineEncoder encoder(FeatureEncoding encoding, boolean texts) throws IOException {
        return new PipelineEncoder(
                List.of(feature(encoding)), List.of(texts), List.of("y"), Map.of(), spill(), bytes -> true);
    }

    private static FeatureConfiguration feature(FeatureEncoding encoding) {
        return new FeatureConfiguration("f", FeatureType.OTHER, FeatureSide.CONTEXT, "f", encoding);
    }

    private Spill spill() throws IOException {
        spills.add(new Spill(folder));
        return spills.get(spills.size() - 1);
    }

    private static GenericArrayData sequence(long... values) {
        return new GenericArrayData(values);
    }

    private static void add(PipelineEncoder encoder, Split split, Object value) throws IOException {
        Object held = value instanceof String text ? UTF8String.fromString(text) : value;
        encoder.add(row("p", split.ordinal(), 0L, 0L, 0, 0.0, held));
    }

    private static InternalRow row(Object... cells) {
        return new GenericInternalRow(cells);
    }

    private static EncodedExamples examples(PipelineEncoder encoder, Split split) throws IOException {
        return EncodedExamplesFile.read(new ByteArrayInputStream(file(encoder, split)));
    }

    private static byte[] file(PipelineEncoder encoder, Split split) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        encoder.write(split, file);
        return file.toByteArray();
    }
}
