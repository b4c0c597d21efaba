package dev.smt.jobs.generate;

import static dev.smt.jobs.generate.Statistics.chiSquare;
import static dev.smt.jobs.generate.Statistics.correlation;
import static dev.smt.jobs.generate.Statistics.rates;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AdWorldTest {
    private static final int ROWS = 80_000;
    private static final AdWorld WORLD = new AdWorld(Worlds.configuration("rows = " + ROWS));
    private static final List<Impression> IMPRESSIONS = LongStream.range(0, ROWS)
            .mapToObj(row -> {
                Impression impression = WORLD.newImpression();
                WORLD.fill(row, impression);
                return impression;
            })
            .toList();

    @Test
    void aRowIsTheSameInAnyOrderAndAmongAnyOthers() {
        AdWorld twin = new AdWorld(Worlds.configuration("rows = " + ROWS));
        Impression buffer = twin.newImpression();
        for (long row : new long[] {69_999, 0, 17, 79_999, 17, 60_000}) {
            Impression expected = WORLD.newImpression();
            WORLD.fill(row, expected);
            twin.fill(row, buffer);
            assertThat(describe(buffer)).isEqualTo(describe(expected));
        }
    }

    @Test
    void anotherSeedGivesAnotherWorld() {
        AdWorld other = new AdWorld(Worlds.configuration("seed = 2, rows = " + ROWS));
        Set<String> rows = new HashSet<>();
        for (AdWorld world : List.of(WORLD, other)) {
            for (long row = 0; row < 100; row++) {
                Impression impression = world.newImpression();
                world.fill(row, impression);
                rows.add(describe(impression));
            }
        }
        assertThat(rows).hasSize(200);
    }

    @Test
    void rowsAreInTimeOrderWithinThePeriod() {
        long[] latest = {1_767_571_200_000L};
        forEachRow(impression -> {
            assertThat(impression.timeMillis).isGreaterThanOrEqualTo(latest[0]);
            latest[0] = impression.timeMillis;
        });
        assertThat(latest[0]).isBetween(1_767_571_200_000L + 13 * 86_400_000L, 1_767_571_200_000L + 14 * 86_400_000L);
    }

    @Test
    void eachLabelHasItsBaseRateOnEachSurface() {
        double[][] positives = new double[3][PlantedLabel.COUNT];
        double[] rows = new double[3];
        forEachRow(impression -> {
            rows[impression.surface]++;
            for (int label = 0; label < PlantedLabel.COUNT; label++) {
                positives[impression.surface][label] += impression.labels[label];
            }
        });
        double[] expected = {0.30, 0.08, 0.15, 0.05};
        for (int surface = 0; surface < 3; surface++) {
            for (int label = 0; label < PlantedLabel.COUNT; label++) {
                double rate = positives[surface][label] / rows[surface];
                assertThat(rate).isBetween(expected[label] * 0.9, expected[label] * 1.1);
            }
        }
    }

    @Test
    void labelsComeWithTheirTrueProbability() {
        double[] excess = new double[2];
        double[] variance = new double[2];
        forEachRow(impression -> {
            double p = impression.probabilities[0];
            int half = p < 0.3 ? 0 : 1;
            excess[half] += impression.labels[0] - p;
            variance[half] += p * (1 - p);
        });
        for (int half = 0; half < 2; half++) {
            assertThat(Math.abs(excess[half]) / Math.sqrt(variance[half])).isLessThan(4);
        }
    }

    @Test
    void exactlyTheInformativeNumbersGoWithTheLabels() {
        for (PlantedLabel label : PlantedLabel.values()) {
            for (int i = 0; i < WORLD.features().numeric().size(); i++) {
                int index = i;
                double z = correlationZ(impression -> impression.numeric[index], label);
                if (WORLD.features().numeric().get(i).informative()) {
                    assertThat(Math.abs(z)).as("numeric %d, %s", i, label).isGreaterThan(8);
                } else {
                    assertThat(Math.abs(z)).as("numeric %d, %s", i, label).isLessThan(4.5);
                }
            }
            for (int i = 0; i < WORLD.features().transforms().size(); i++) {
                int index = i;
                double z = correlationZ(impression -> Math.log1p(impression.counts[index]), label);
                assertThat(Math.abs(z) > 8)
                        .as("count %d, %s", i, label)
                        .isEqualTo(WORLD.features().transforms().get(i).informative());
            }
        }
    }

    @Test
    void exactlyTheInformativeIdsGoWithTheLabels() {
        for (PlantedLabel label : PlantedLabel.values()) {
            for (int i = 0; i < WORLD.features().ids().size(); i++) {
                int index = i;
                int cardinality = WORLD.features().ids().get(i).cardinality();
                double[][] cells = cells(cardinality, label, row -> row.surface == 0, row -> row.ids[index]);
                double excess = (chiSquare(cells) - (cardinality - 1)) / Math.sqrt(2.0 * (cardinality - 1));
                if (WORLD.features().ids().get(i).informative()) {
                    assertThat(excess).as("id %d, %s", i, label).isGreaterThan(8);
                } else {
                    assertThat(excess).as("id %d, %s", i, label).isLessThan(5);
                }
            }
        }
    }

    @Test
    void theLatestEntriesOfTheInformativeHistoryMatterOnItsSurfacesOnly() {
        int informative = PlantedFeatures.informative(WORLD.features().histories())[0];
        for (int surface = 0; surface < 3; surface++) {
            double recent = historyExcess(surface, informative, 0, 5);
            assertThat(historyExcess(surface, informative, 5, 10)).isLessThan(5);
            assertThat(historyExcess(surface, (informative + 1) % 3, 0, 5)).isLessThan(5);
            if (surface == 1) {
                assertThat(recent).isLessThan(5);
            } else {
                assertThat(recent).isGreaterThan(30);
            }
        }
    }

    @Test
    void theStrongestIdsEffectTurnsRoundOnTheDriftingSurfaceOnly() {
        int drifting = PlantedFeatures.informative(WORLD.features().ids())[0];
        int cardinality = WORLD.features().ids().get(drifting).cardinality();
        for (int surface = 0; surface < 3; surface++) {
            int s = surface;
            double[] early = rates(cells(
                    cardinality, PlantedLabel.CLICK, row -> row.surface == s && row.row < ROWS / 4, row -> row.ids[
                            drifting]));
            double[] late = rates(cells(
                    cardinality,
                    PlantedLabel.CLICK,
                    row -> row.surface == s && row.row >= ROWS - ROWS / 4,
                    row -> row.ids[drifting]));
            if (surface == 1) {
                assertThat(correlation(early, late)).isLessThan(-0.3);
            } else {
                assertThat(correlation(early, late)).isGreaterThan(0.3);
            }
        }
    }

    @Test
    void theProductOfNumbersMovesTheResponsesAndNotTheQuality() {
        int[] strongest = PlantedFeatures.informative(WORLD.features().numeric());
        ToDoubleFunction<Impression> product = row -> (row.numeric[strongest[0]] + row.numeric[strongest[1]])
                * (row.numeric[strongest[2]] + row.numeric[strongest[3]]);
        assertThat(correlationZ(product, PlantedLabel.CLICK)).isGreaterThan(40);
        assertThat(correlationZ(product, PlantedLabel.CONVERSION)).isGreaterThan(40);
        // A sigmoid's curvature makes products of main effects visible too, but far less.
        assertThat(Math.abs(correlationZ(product, PlantedLabel.LIKE))).isLessThan(15);
        assertThat(Math.abs(correlationZ(product, PlantedLabel.HIDE))).isLessThan(15);
    }

    @Test
    void historiesAreTheUsersLatestVisitsAndRollOnInTime() {
        Impression[] previous = new Impression[WORLD.configuration().users()];
        int[] compared = {0};
        for (long row = 0; row < 20_000; row++) {
            Impression now = WORLD.newImpression();
            WORLD.fill(row, now);
            Impression before = previous[now.user];
            if (before != null && now.timeMillis - before.timeMillis < 3 * 3_600_000L && now.historyLengths[0] > 10) {
                List<Integer> past = entries(before);
                List<Integer> present = entries(now);
                assertThat(present.equals(past)
                                || present.subList(1, present.size()).equals(past.subList(0, past.size() - 1)))
                        .isTrue();
                compared[0]++;
            }
            previous[now.user] = now;
        }
        assertThat(compared[0]).isGreaterThan(100);
    }

    private static List<Integer> entries(Impression impression) {
        return Arrays.stream(impression.histories[0], 0, impression.historyLengths[0])
                .boxed()
                .toList();
    }

    /** Standard deviations by which click rates differ between categories at a range of a history's positions. */
    private static double historyExcess(int surface, int history, int from, int to) {
        int categories = WORLD.configuration().categories();
        double[][] cells = new double[2][categories];
        forEachRow(row -> {
            if (row.surface == surface && row.historyLengths[history] >= to) {
                for (int i = from; i < to; i++) {
                    cells[0][row.histories[history][i]]++;
                    cells[1][row.histories[history][i]] += row.labels[0];
                }
            }
        });
        return (chiSquare(cells) - (categories - 1)) / Math.sqrt(2.0 * (categories - 1));
    }

    /** Rows and positives per cell. */
    private static double[][] cells(
            int size, PlantedLabel label, Predicate<Impression> rows, ToIntFunction<Impression> cell) {
        double[][] cells = new double[2][size];
        forEachRow(impression -> {
            if (rows.test(impression)) {
                int index = cell.applyAsInt(impression);
                cells[0][index]++;
                cells[1][index] += impression.labels[label.ordinal()];
            }
        });
        return cells;
    }

    private static double correlationZ(ToDoubleFunction<Impression> value, PlantedLabel label) {
        double[] sums = new double[6];
        forEachRow(impression -> {
            double x = value.applyAsDouble(impression);
            if (!Double.isNaN(x)) {
                double y = impression.labels[label.ordinal()];
                sums[0]++;
                sums[1] += x;
                sums[2] += y;
                sums[3] += x * x;
                sums[4] += y * y;
                sums[5] += x * y;
            }
        });
        double n = sums[0];
        double covariance = sums[5] / n - sums[1] / n * sums[2] / n;
        double varianceX = sums[3] / n - sums[1] / n * sums[1] / n;
        double varianceY = sums[4] / n - sums[2] / n * sums[2] / n;
        return covariance / Math.sqrt(varianceX * varianceY) * Math.sqrt(n);
    }

    private static void forEachRow(Consumer<Impression> action) {
        IMPRESSIONS.forEach(action);
    }

    private static String describe(Impression impression) {
        return String.join(
                " ",
                List.of(
                        impression.row + "," + impression.timeMillis + "," + impression.surface,
                        impression.country + "," + impression.device + "," + impression.user + "," + impression.ad,
                        Arrays.toString(impression.numeric),
                        Arrays.toString(impression.counts),
                        Arrays.toString(impression.ids),
                        IntStream.range(0, impression.histories.length)
                                .mapToObj(h -> Arrays.toString(
                                        Arrays.copyOf(impression.histories[h], impression.historyLengths[h])))
                                .toList()
                                .toString(),
                        Arrays.toString(impression.probabilities),
                        Arrays.toString(impression.labels)));
    }
}
