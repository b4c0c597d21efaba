package dev.smt.jobs.ingest;

import dev.smt.data.EncodedExamplesBuilder;
import dev.smt.jobs.ingest.PipelineManifest.SplitSummary;
import dev.smt.jobs.ingest.Spill.Place;
import dev.smt.jobs.ingest.StagedFiles.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;

/** The columns that every row has: time, hash, bucket and labels; collected and spilled as features are. */
final class FixedColumns {
    private final List<String> labels;
    private final long[] times;
    private final long[] hashes;
    private final int[] buckets;
    private final float[][] values;
    private final List<Group> groups = new ArrayList<>();
    private final Map<Split, Counts> counts = new EnumMap<>(Split.class);

    private record Group(Place times, Place hashes, Place buckets, List<Place> labels) {}

    /**
     * What a split's rows are.
     *
     * @param positives rows with label 1, per label
     */
    record Summary(long rows, Map<String, Long> positives, long firstTime, long lastTime) {
        /** Of earlier rows and then these. */
        Summary after(SplitSummary earlier) {
            Map<String, Long> both = new LinkedHashMap<>(earlier.positives());
            positives.forEach((label, count) -> both.merge(label, count, Long::sum));
            return new Summary(
                    earlier.rows() + rows, both, earlier.firstTime(), rows == 0 ? earlier.lastTime() : lastTime);
        }

        SplitSummary in(Written file) {
            return new SplitSummary(rows, positives, firstTime, lastTime, file.checksum(), file.bytes());
        }
    }

    private static final class Counts {
        private final long[] positives;
        private long rows;
        private long firstTime;
        private long lastTime;

        private Counts(int labels) {
            this.positives = new long[labels];
        }
    }

    FixedColumns(List<String> labels, int groupRows) {
        this.labels = List.copyOf(labels);
        this.times = new long[groupRows];
        this.hashes = new long[groupRows];
        this.buckets = new int[groupRows];
        this.values = new float[labels.size()][groupRows];
        for (Split split : Split.values()) {
            counts.put(split, new Counts(labels.size()));
        }
    }

    List<String> labels() {
        return labels;
    }

    /** Takes a row with the columns of {@link EncodeTask#columns}; rows of a split come in the order of time. */
    void add(InternalRow row, int place, Split split) {
        Counts to = counts.get(split);
        long time = row.getLong(EncodeTask.TIME_AT);
        times[place] = time;
        hashes[place] = row.getLong(EncodeTask.HASH_AT);
        buckets[place] = row.getInt(EncodeTask.BUCKET_AT);
        for (int i = 0; i < values.length; i++) {
            float value = (float) row.getDouble(EncodeTask.LABELS_AT + i);
            values[i][place] = value;
            to.positives[i] += value == 1 ? 1 : 0;
        }
        to.firstTime = to.rows == 0 ? time : to.firstTime;
        to.lastTime = time;
        to.rows++;
    }

    void spill(Spill to, int rows) throws IOException {
        List<Place> places = new ArrayList<>();
        for (float[] label : values) {
            places.add(to.write(label, rows));
        }
        groups.add(new Group(to.write(times, rows), to.write(hashes, rows), to.write(buckets, rows), places));
    }

    void encode(Spill from, int number, EncodedExamplesBuilder builder) throws IOException {
        Group group = groups.get(number);
        for (int i = 0; i < labels.size(); i++) {
            builder.label(labels.get(i), from.floats(group.labels().get(i)));
        }
        int[] wide = from.ints(group.buckets());
        byte[] narrow = new byte[wide.length];
        for (int row = 0; row < wide.length; row++) {
            narrow[row] = (byte) wide[row];
        }
        builder.buckets(narrow).rowHashes(from.longs(group.hashes())).times(from.longs(group.times()));
    }

    long rows(Split split) {
        return counts.get(split).rows;
    }

    Summary summary(Split split) {
        Counts of = counts.get(split);
        Map<String, Long> positives = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            positives.put(labels.get(i), of.positives[i]);
        }
        return new Summary(of.rows, positives, of.firstTime, of.lastTime);
    }
}
