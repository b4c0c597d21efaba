package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.data.EncodedExamples;
import dev.smt.data.FittedState;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.NumericRepresentation;
import dev.smt.nn.Paradigm;
import dev.smt.nn.Representations;
import dev.smt.nn.VectorRepresentation;
import dev.smt.nn.network.ModuleInput.BinCodes;
import dev.smt.nn.network.ModuleInput.GivenVectors;
import dev.smt.nn.representation.FittedFeatures;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NumberCodesTest {
    private static final Feature AGE =
            new Feature("age", FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn(1, 2, false));
    private static final Feature IMAGE =
            new Feature("image", FeatureType.EMBEDDING, FeatureSide.ITEM, new VectorColumn(2));

    /** The example of Gorishniy et al. 2022, Figure 1, with edges 0, 1, 3 and 4 of 4 bins at most. */
    @Test
    void piecewiseLinearCodesFillUpBinByBin() {
        NumberCodes.PiecewiseLinear codes = codes(new double[] {0, 1, 3, 4});

        codes.read(numbers(-0.5f, 0, 0.25f, 2, 3.5f, 5));

        assertThat(code(codes, 0)).containsExactly(-0.5f, 0, 0, 0);
        assertThat(code(codes, 1)).containsExactly(0, 0, 0, 0);
        assertThat(code(codes, 2)).containsExactly(0.25f, 0, 0, 0);
        assertThat(code(codes, 3)).containsExactly(1, 0.5f, 0, 0);
        assertThat(code(codes, 4)).containsExactly(1, 1, 0.5f, 0);
        assertThat(code(codes, 5)).containsExactly(1, 1, 2, 0);
    }

    @Test
    void aConstantHasNoCode() {
        NumberCodes.PiecewiseLinear codes = codes(new double[] {7});

        codes.read(numbers(7, 8));

        assertThat(code(codes, 1)).containsOnly(0);
    }

    @Test
    void directionsHaveLengthOneAndZerosStay() {
        EncodedExamples rows = EncodedExamples.builder(2)
                .vectors(IMAGE, new float[] {3, 4, 0, 0})
                .build();
        float[] to = new float[4];
        NumberCodes.Vectors codes = new NumberCodes.Vectors(
                new GivenVectors(IMAGE, 2), new VectorRepresentation(VectorRepresentation.Kind.DIRECTION_PROJECTION));
        codes.read(rows);
        codes.write(0, FeatureChange.NONE, to, 0);
        codes.write(1, FeatureChange.NONE, to, 2);

        assertThat(to).containsExactly(0.6f, 0.8f, 0, 0);
    }

    @Test
    void logarithmsAreOfTheRawNumberAndStandardized() {
        NetworkSpecification network = network(NumericRepresentation.Kind.LOG);
        // Raw: -3, 1, 9.
        EncodedExamples rows = numbers(-2, 0, 4);

        float[] column = FittedFeatures.fit(network, rows).numbers(AGE, rows);

        double[] logs = {-Math.log(4), Math.log(2), Math.log(10)};
        double mean = (logs[0] + logs[1] + logs[2]) / 3;
        double deviation = Math.sqrt(
                (Math.pow(logs[0] - mean, 2) + Math.pow(logs[1] - mean, 2) + Math.pow(logs[2] - mean, 2)) / 3);
        for (int row = 0; row < 3; row++) {
            assertThat(column[row]).isEqualTo((float) ((logs[row] - mean) / deviation));
        }
    }

    private static NumberCodes.PiecewiseLinear codes(double[] edges) {
        TreeMap<String, double[]> numbers = new TreeMap<>();
        numbers.put("bins of age", edges);
        FittedFeatures fitted = new FittedFeatures(
                network(NumericRepresentation.Kind.PIECEWISE_LINEAR), new FittedState(numbers, new TreeMap<>()));
        return new NumberCodes.PiecewiseLinear(new BinCodes(List.of(AGE), 4), fitted);
    }

    private static NetworkSpecification network(NumericRepresentation.Kind kind) {
        Architecture architecture = new Architecture(
                        Paradigm.SPARSE_NN, 4, 0, List.of(), List.of(new Interaction.Dot()), List.of())
                .withRepresentations(Representations.PLAIN.withNumeric(new NumericRepresentation(kind, 4, 1, 1)));
        return new NetworkSpecification(
                architecture, List.of(AGE), 1, SequencePooling.SUM, List.of(OptimizationEvent.binary("click")));
    }

    private static EncodedExamples numbers(float... values) {
        return EncodedExamples.builder(values.length).numeric(AGE, values).build();
    }

    private static float[] code(NumberCodes.PiecewiseLinear codes, int row) {
        float[] to = {9, 9, 9, 9};
        codes.write(row, FeatureChange.NONE, to, 0);
        return to;
    }
}
