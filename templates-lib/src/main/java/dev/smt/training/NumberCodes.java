package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.data.Quantiles;
import dev.smt.feature.Feature;
import dev.smt.nn.VectorRepresentation;
import dev.smt.nn.network.ModuleInput.BinCodes;
import dev.smt.nn.network.ModuleInput.GivenVectors;
import dev.smt.nn.representation.FittedFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What representation modules read that isn't trained. */
final class NumberCodes {
    private NumberCodes() {}

    /**
     * Piecewise-linear codes (Gorishniy et al. 2022, Eq. 1): of the T places of a number those of bins below it are 1, those
     * above it 0, and that of its own bin says how far in it is; the first and the last bin go on beyond their edge.
     */
    static final class PiecewiseLinear implements ModuleBatch.Constants.Codes {
        private final BinCodes input;
        private final List<double[]> edges = new ArrayList<>();
        private final List<float[]> columns = new ArrayList<>();

        PiecewiseLinear(BinCodes input, FittedFeatures fitted) {
            this.input = input;
            input.features().forEach(feature -> edges.add(fitted.binEdges(feature)));
        }

        @Override
        public void read(EncodedExamples examples) {
            columns.clear();
            input.features().forEach(feature -> columns.add(examples.numeric(feature.name())));
        }

        @Override
        public void write(int row, FeatureChange change, float[] to, int at) {
            Arrays.fill(to, at, at + columns.size() * input.bins(), 0);
            for (int n = 0; n < columns.size(); n++) {
                double[] bins = edges.get(n);
                if (bins.length > 1) {
                    int from = change.isOf(input.features().get(n).name()) ? change.row(row) : row;
                    float value = columns.get(n)[from];
                    int bin = Quantiles.bin(bins, value);
                    int own = at + n * input.bins() + bin;
                    Arrays.fill(to, own - bin, own, 1);
                    to[own] = (float) ((value - bins[bin]) / (bins[bin + 1] - bins[bin]));
                }
            }
        }
    }

    /** Pretrained vectors, as they are or divided by their lengths. */
    static final class Vectors implements ModuleBatch.Constants.Codes {
        private final Feature feature;
        private final int width;
        private final boolean direction;
        private float[] column = {};

        Vectors(GivenVectors input, VectorRepresentation representation) {
            this.feature = input.feature();
            this.width = input.width();
            this.direction = representation.kind() == VectorRepresentation.Kind.DIRECTION_PROJECTION;
        }

        @Override
        public void read(EncodedExamples examples) {
            column = examples.vectors(feature.name());
        }

        @Override
        public void write(int row, FeatureChange change, float[] to, int at) {
            int from = change.isOf(feature.name()) ? change.row(row) : row;
            double squares = 0;
            for (int d = 0; d < width; d++) {
                float value = column[from * width + d];
                to[at + d] = value;
                squares += (double) value * value;
            }
            if (direction && squares > 0) {
                float factor = (float) (1 / Math.sqrt(squares));
                for (int d = 0; d < width; d++) {
                    to[at + d] *= factor;
                }
            }
        }
    }
}
