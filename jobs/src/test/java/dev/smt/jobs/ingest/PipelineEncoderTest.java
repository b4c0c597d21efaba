package dev.smt.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.ingest.FeatureEncoding.Hashing;
import dev.smt.jobs.ingest.FeatureEncoding.Id;
import dev.smt.jobs.ingest.FeatureEncoding.Number;
import dev.smt.jobs.ingest.FeatureEncoding.Vocabulary;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class PipelineEncoderTest {
    @Test
    void idsGoByDescendingCountThenValueUpToTheLargestVocabulary() {
        PipelineEncoder encoder = encoder(new Id(new Vocabulary(1, 3)));
        List<Long> values = List.of(10L, 9L, 9L, 7L, 8L, 8L);
        values.forEach(value -> add(encoder, Split.TRAIN, value));
        add(encoder, Split.TEST, 7L);
        add(encoder, Split.TEST, null);

        assertThat(encoder.examples(Split.TRAIN).ids("f"))
                .as("8 and 9 twice, then 7 before 10, as numbers; 10 finds no place")
                .containsExactly(0, 2, 2, 3, 1, 1);
        assertThat(encoder.examples(Split.TEST).ids("f")).containsExactly(3, 0);
        assertThat(encoder.fitted()).isEqualTo(Map.of("f", new ColumnEncoder.Fitted.Values(List.of("8", "9", "7"))));
    }

    @Test
    void aValueBelowTheSmallestCountIsOutOfVocabulary() {
        PipelineEncoder encoder = encoder(new Id(new Vocabulary(2, 100)));
        List.of("a", "b", "b").forEach(value -> add(encoder, Split.TRAIN, value));

        assertThat(encoder.examples(Split.TRAIN).ids("f")).containsExactly(0, 1, 1);
    }

    @Test
    void valuesOfLaterRowsAreNotLearned() {
        PipelineEncoder encoder = encoder(new Id(new Vocabulary(1, 100)));
        add(encoder, Split.TRAIN, "a");
        add(encoder, Split.VALIDATION, "b");
        add(encoder, Split.TEST, "b");

        assertThat(encoder.examples(Split.TEST).ids("f")).containsExactly(0);
        assertThat(encoder.fitted()).isEqualTo(Map.of("f", new ColumnEncoder.Fitted.Values(List.of("a"))));
    }

    @Test
    void hashesFallIntoTheirBuckets() {
        PipelineEncoder encoder = encoder(new Id(new Hashing(10)));
        add(encoder, Split.TRAIN, 23L);
        add(encoder, Split.TRAIN, -1L);
        add(encoder, Split.TRAIN, null);

        assertThat(encoder.examples(Split.TRAIN).ids("f")).containsExactly(4, 10, 0);
    }

    @Test
    void standardizesTheLogarithmOnTrainingRowsOnly() {
        PipelineEncoder encoder = encoder(new Number(true));
        List.of(0.0, Math.E - 1, -(Math.E - 1)).forEach(value -> add(encoder, Split.TRAIN, value));
        add(encoder, Split.VALIDATION, Math.E * Math.E - 1);
        add(encoder, Split.VALIDATION, null);
        add(encoder, Split.VALIDATION, Double.POSITIVE_INFINITY);

        float sd = (float) Math.sqrt(2.0 / 3);
        assertThat(encoder.examples(Split.TRAIN).numeric("f"))
                .as("logarithms 0, 1, -1")
                .containsExactly(new float[] {0, 1 / sd, -1 / sd}, within(1e-6f));
        assertThat(encoder.examples(Split.VALIDATION).numeric("f"))
                .containsExactly(new float[] {2 / sd, 0, 0}, within(1e-6f));
        assertThat(encoder.missingShares()).containsEntry("f", 2.0 / 6);
    }

    @Test
    void aConstantNumberIsZeroEverywhere() {
        PipelineEncoder encoder = encoder(new Number(false));
        for (int row = 0; row < 1000; row++) {
            add(encoder, Split.TRAIN, 0.1);
        }
        add(encoder, Split.TEST, 7.0);

        assertThat(encoder.examples(Split.TRAIN).numeric("f")).containsOnly(0);
        assertThat(encoder.examples(Split.TEST).numeric("f")).containsOnly(0);
    }

    @Test
    void keepsTimesHashesBucketsAndLabels() {
        PipelineEncoder encoder = encoder(new Number(false));
        encoder.add(RowFactory.create("p", Split.TRAIN.ordinal(), 5L, 77L, 200, 1.0, 3.0));

        EncodedExamples examples = encoder.examples(Split.TRAIN);

        assertThat(examples.time(0)).isEqualTo(5);
        assertThat(examples.rowHash(0)).isEqualTo(77);
        assertThat(examples.bucket(0)).isEqualTo(200);
        assertThat(examples.label("y")).containsExactly(1);
    }

    private static PipelineEncoder encoder(FeatureEncoding encoding) {
        FeatureConfiguration feature =
                new FeatureConfiguration("f", FeatureType.OTHER, FeatureSide.CONTEXT, "f", encoding);
        return new PipelineEncoder(List.of(feature), List.of("y"));
    }

    private static void add(PipelineEncoder encoder, Split split, Object value) {
        encoder.add(RowFactory.create("p", split.ordinal(), 0L, 0L, 0, 0.0, value));
    }
}
