package dev.smt.jobs.ingest;

import dev.smt.data.EncodedExamplesBuilder;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.jobs.ingest.FeatureEncoding.Vector;
import dev.smt.jobs.ingest.Spill.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** Takes pretrained vectors as they are; a row without one has zeros. */
final class VectorEncoder extends ColumnEncoder {
    private static final int FIRST_ROWS = 1024;

    private final int width;
    private float[] numbers;
    private final List<Place> groups = new ArrayList<>();

    VectorEncoder(FeatureConfiguration feature, Vector vector) {
        super(feature);
        this.width = vector.width();
        this.numbers = new float[Math.multiplyExact(FIRST_ROWS, width)];
    }

    /** Rows with another width or a number that is not finite have been refused before. */
    @Override
    void add(InternalRow row, int at, int place, boolean training) {
        int from = Math.multiplyExact(place, width);
        if (numbers.length - from < width) {
            numbers = Arrays.copyOf(numbers, Math.addExact(from + width, from));
        }
        if (row.isNullAt(at)) {
            noteMissing();
            Arrays.fill(numbers, from, from + width, 0);
        } else {
            System.arraycopy(row.getArray(at).toFloatArray(), 0, numbers, from, width);
        }
    }

    @Override
    void spill(Spill to, int rows) throws IOException {
        groups.add(to.write(numbers, rows * width));
    }

    @Override
    void encode(Spill from, int group, EncodedExamplesBuilder builder) throws IOException {
        builder.vectors(encoded(), from.floats(groups.get(group)));
    }

    @Override
    Feature.Column column() {
        return new VectorColumn(width);
    }

    @Override
    Fitted fitted() {
        return new Fitted.Given(width);
    }
}
