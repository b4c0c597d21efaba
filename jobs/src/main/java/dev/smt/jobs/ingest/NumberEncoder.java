package dev.smt.jobs.ingest;

import dev.smt.data.EncodedExamplesBuilder;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.jobs.ingest.FeatureEncoding.Number;
import dev.smt.jobs.ingest.Spill.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;

/** Standardizes a number with mean and population standard deviation, summed in the order of the rows, so that the bits are the same. */
final class NumberEncoder extends ColumnEncoder {
    /** A deviation below this share of the mean is the sum's rounding error: the number is constant. */
    private static final double ROUNDING = 1e-9;

    private final boolean log1p;
    private final Optional<Fitted.Standardization> earlier;
    private final double[] values;
    private final List<Place> groups = new ArrayList<>();
    private double sum;
    private long present;
    private double mean;
    private double deviation;

    NumberEncoder(FeatureConfiguration feature, Number number, int groupRows, Optional<Fitted> earlier) {
        super(feature);
        this.values = new double[groupRows];
        this.log1p = number.log1p();
        this.earlier = earlier.map(Fitted.Standardization.class::cast);
    }

    @Override
    void add(InternalRow row, int at, int place, boolean training) {
        double value = row.isNullAt(at) ? Double.NaN : row.getDouble(at);
        if (!Double.isFinite(value)) {
            noteMissing();
            values[place] = Double.NaN;
            return;
        }
        double number = log1p ? Math.copySign(StrictMath.log1p(Math.abs(value)), value) : value;
        values[place] = number;
        if (training) {
            sum += number;
            present++;
        }
    }

    @Override
    void spill(Spill to, int rows) throws IOException {
        groups.add(to.write(values, rows));
    }

    @Override
    void learn(Spill from) throws IOException {
        if (earlier.isPresent()) {
            mean = earlier.get().mean();
            deviation = earlier.get().standardDeviation();
            return;
        }
        mean = present == 0 ? 0 : sum / present;
        double squares = 0;
        for (Place group : groups) {
            for (double value : from.doubles(group)) {
                double off = value - mean;
                squares += Double.isNaN(off) ? 0 : off * off;
            }
        }
        double spread = present == 0 ? 0 : Math.sqrt(squares / present);
        deviation = spread <= ROUNDING * Math.abs(mean) ? 0 : spread;
    }

    @Override
    void encode(Spill from, int group, EncodedExamplesBuilder builder) throws IOException {
        double[] raw = from.doubles(groups.get(group));
        float[] encoded = new float[raw.length];
        for (int row = 0; row < encoded.length; row++) {
            float value = (float) ((raw[row] - mean) / deviation);
            encoded[row] = Float.isFinite(value) ? value : 0;
        }
        builder.numeric(encoded(), encoded);
    }

    @Override
    Feature.Column column() {
        return new NumericColumn(mean, deviation > 0 ? deviation : 1, log1p);
    }

    @Override
    Fitted fitted() {
        return new Fitted.Standardization(log1p, mean, deviation);
    }
}
