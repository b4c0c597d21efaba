package dev.smt.jobs.ingest;

import dev.smt.jobs.ingest.FeatureEncoding.Vector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** What a column's values must be, looked at row by row before any is encoded; rows are those of {@link ExampleColumns#select}. */
sealed interface ValueCheck extends Serializable {
    /** Key and SQL of the configuration, in words. */
    String what();

    String allowed();

    boolean holds(InternalRow row);

    /** A value for which it does not hold. */
    String text(InternalRow row);

    /**
     * All checks of an input.
     *
     * @param at where its columns are
     */
    static ArrayList<ValueCheck> of(InputConfiguration input, ExamplePlaces at) {
        ArrayList<ValueCheck> checks = new ArrayList<>();
        List<String> labels = input.labelNames();
        for (int i = 0; i < labels.size(); i++) {
            checks.add(new OfLabel(
                    "input.labels." + labels.get(i) + " is \"" + input.labels().get(labels.get(i)) + "\"",
                    at.labels() + i,
                    input.amounts().contains(labels.get(i))));
        }
        for (int i = 0; i < input.features().size(); i++) {
            FeatureConfiguration feature = input.features().get(i);
            if (feature.encoding() instanceof Vector vector) {
                checks.add(new OfVector(
                        "input.features." + feature.name() + " is \"" + feature.sql() + "\"",
                        at.features() + i,
                        vector.width(),
                        at));
            }
        }
        return checks;
    }

    /** A label is 0 or 1, an amount any finite number. */
    record OfLabel(String what, int at, boolean amount) implements ValueCheck {
        @Override
        public String allowed() {
            return amount ? "a finite number" : "0 or 1";
        }

        @Override
        public boolean holds(InternalRow row) {
            if (row.isNullAt(at)) {
                return false;
            }
            double value = row.getDouble(at);
            return amount ? Double.isFinite(value) : value == 0 || value == 1;
        }

        @Override
        public String text(InternalRow row) {
            return row.isNullAt(at) ? "null" : Double.toString(row.getDouble(at));
        }
    }

    /** A vector is missing, or has so many finite numbers. */
    record OfVector(String what, int at, int width, ExamplePlaces places) implements ValueCheck {
        @Override
        public String allowed() {
            return width + " finite numbers";
        }

        @Override
        public boolean holds(InternalRow row) {
            if (row.isNullAt(at)) {
                return true;
            }
            ArrayData values = row.getArray(at);
            boolean holds = values.numElements() == width;
            for (int i = 0; holds && i < width; i++) {
                holds = !values.isNullAt(i) && Float.isFinite(values.getFloat(i));
            }
            return holds;
        }

        @Override
        public String text(InternalRow row) {
            ArrayData values = row.getArray(at);
            Object[] shown = new Object[values.numElements()];
            for (int i = 0; i < shown.length; i++) {
                shown[i] = values.isNullAt(i) ? "null" : (Object) values.getFloat(i);
            }
            String time = row.isNullAt(places.time()) ? "null" : Long.toString(row.getLong(places.time()));
            return Arrays.toString(shown) + " in the row of time " + time + " and hash "
                    + row.getLong(places.rowHash());
        }
    }
}
