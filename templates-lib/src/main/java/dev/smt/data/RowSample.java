package dev.smt.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A share of the rows, with nearly the same share of each stratum: the rows of one of {@value #PERIODS} equal stretches of time
 * with the same labels above 0. Which rows follows from their content only, and parts share none.
 *
 * @param share of the rows, above 0 to 1
 * @param part which of the samples of this size, from 0
 */
public record RowSample(double share, int part) implements Serializable {
    /** All rows. */
    public static final RowSample ALL = new RowSample(1, 0);

    private static final int PERIODS = 16;
    private static final int MOST_LABELS = 32;

    public RowSample {
        if (!(share > 0 && share <= 1) || part < 0 || share * (part + 1) > 1) {
            throw new IllegalArgumentException("part " + part + " of " + share
                    + " of the rows; allowed: a share above 0 to 1, and parts from 0 as long as there are rows");
        }
    }

    /** Whether it is all rows. */
    public boolean isAll() {
        return share == 1;
    }

    /** The sample as examples of their own, in the order of the rows. */
    public EncodedExamples of(EncodedExamples examples) {
        return isAll() ? examples : examples.rows(rows(examples));
    }

    /** The sample's rows, ascending. */
    int[] rows(EncodedExamples examples) {
        int[] chosen = new int[examples.rows()];
        int count = 0;
        long before = 0;
        for (int[] stratum : strata(examples)) {
            int from = begin(part, before, stratum.length);
            int to = begin(part + 1, before, stratum.length);
            long[] byHash = byHash(stratum, examples);
            for (int i = from; i < to; i++) {
                chosen[count++] = stratum[(int) byHash[i]];
            }
            before += stratum.length;
        }
        int[] rows = Arrays.copyOf(chosen, count);
        Arrays.sort(rows);
        return rows;
    }

    /**
     * The first of a stratum's rows that a part takes, and the one after the last of the part before. What one stratum is
     * rounded by, the next makes up for.
     *
     * @param before rows of the strata before
     */
    private int begin(int ofPart, long before, int rows) {
        double end = Math.floor(share * (before + (long) ofPart * rows)) - Math.floor(share * before);
        return (int) Math.min(rows, end);
    }

    /** Positions in the stratum in the order of the rows' hashes, each in the lower half of a number. */
    private static long[] byHash(int[] stratum, EncodedExamples examples) {
        long[] order = new long[stratum.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = Mixing.mix(examples.rowHash(stratum[i])) << Integer.SIZE | i;
        }
        Arrays.sort(order);
        return order;
    }

    /** The rows of each stratum, the strata by time. */
    private static Collection<int[]> strata(EncodedExamples examples) {
        List<float[]> labels = examples.labels().stream()
                .limit(MOST_LABELS)
                .map(examples::label)
                .toList();
        long[] stratumOfRow = new long[examples.rows()];
        Map<Long, Integer> sizes = new TreeMap<>();
        for (int row = 0; row < stratumOfRow.length; row++) {
            long stratum = (long) row * PERIODS / stratumOfRow.length;
            for (float[] label : labels) {
                stratum = 2 * stratum + (label[row] > 0 ? 1 : 0);
            }
            stratumOfRow[row] = stratum;
            sizes.merge(stratum, 1, Integer::sum);
        }
        Map<Long, int[]> strata = new TreeMap<>();
        sizes.forEach((stratum, size) -> strata.put(stratum, new int[size]));
        for (int row = stratumOfRow.length - 1; row >= 0; row--) {
            strata.get(stratumOfRow[row])[sizes.merge(stratumOfRow[row], -1, Integer::sum)] = row;
        }
        return strata.values();
    }
}
