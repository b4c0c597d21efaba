package dev.smt.jobs.generate;

import java.io.Serializable;
import java.time.ZoneOffset;

/**
 * The synthetic ad world as a pure function: (configuration, row index) to an impression with its labels. Any row can
 * be made alone, in any order, on any machine, and is always the same. Rows are in time order.
 *
 * <p>Label l of a row is 1 with probability sigmoid(intercept of surface and label + effects); {@link PlantedEffects}
 * has the effects. Labels are independent of each other given the row's features. Intercepts are set so that each label
 * has its base rate on each surface.
 */
final class AdWorld implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int CALIBRATION_ROWS = 16_384;
    static final long MILLIS_PER_DAY = 86_400_000;
    /** Days between two entries of a history. */
    private static final double VISIT_PERIOD = 0.125;
    /** Share of numeric values that are missing. */
    private static final double MISSING = 0.01;
    /** Mean of ln(1 + count). */
    private static final double LOG_COUNT_MEAN = 4;
    /** Share of users without a history. */
    private static final double NEWCOMERS = 0.05;

    private final GenerateConfiguration configuration;
    private final PlantedFeatures features;
    private final PlantedEffects effects;
    private final long startMillis;
    private final RandomStream times;
    private final RandomStream surfaces;
    private final RandomStream users;
    private final RandomStream countries;
    private final RandomStream ads;
    private final RandomStream categories;
    private final RandomStream devices;
    private final RandomStream phases;
    private final RandomStream missing;
    private final RandomStream[] numeric;
    private final RandomStream[] ids;
    private final int[] cardinalities;
    private final RandomStream[] counts;
    private final RandomStream[] histories;
    private final RandomStream[] historyLengths;
    private final RandomStream[] labels;
    /** [surface][label]. */
    private final double[][] intercepts;

    AdWorld(GenerateConfiguration configuration) {
        this.configuration = configuration;
        features = PlantedFeatures.of(configuration);
        effects = new PlantedEffects(configuration, features);
        startMillis =
                configuration.start().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        times = stream("time");
        surfaces = stream("surface");
        users = stream("user");
        countries = stream("country");
        ads = stream("ad");
        categories = stream("category");
        devices = stream("device");
        phases = stream("phase");
        missing = stream("missing");
        numeric = streams("numeric", features.numeric().size());
        ids = streams("id", features.ids().size());
        cardinalities =
                features.ids().stream().mapToInt(PlantedFeature::cardinality).toArray();
        counts = streams("count", features.transforms().size());
        histories = streams("history", features.histories().size());
        historyLengths = streams("history length", features.histories().size());
        labels = streams("label", PlantedLabel.COUNT);
        intercepts = calibrate();
    }

    /** Begin of the period, milliseconds since the epoch. */
    static long startMillis(GenerateConfiguration configuration) {
        return configuration.start().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    GenerateConfiguration configuration() {
        return configuration;
    }

    PlantedFeatures features() {
        return features;
    }

    Impression newImpression() {
        return new Impression(features, configuration.effects().historyLength());
    }

    /** Makes row {@code row} of {@code rows}. */
    void fill(long row, Impression impression) {
        double elapsed = elapsed(row);
        fillFeatures(row, elapsed, impression);
        for (PlantedLabel label : PlantedLabel.values()) {
            int l = label.ordinal();
            double logit =
                    intercepts[impression.surface][l] + effects.logit(label, impression, impression.surface, elapsed);
            impression.probabilities[l] = sigmoid(logit);
            impression.labels[l] = labels[l].uniform(row) < impression.probabilities[l] ? 1 : 0;
        }
    }

    private double elapsed(long row) {
        return Math.min((row + times.uniform(row)) / configuration.rows(), Math.nextDown(1.0));
    }

    private void fillFeatures(long row, double elapsed, Impression impression) {
        double days = elapsed * configuration.days();
        double activity = users.uniform(row);
        double popularity = ads.uniform(row);
        impression.row = row;
        impression.timeMillis = startMillis + (long) (days * MILLIS_PER_DAY);
        impression.surface = surfaces.below(row, configuration.surfaces().size());
        impression.user = (int) (configuration.users() * 0.5 * (activity + activity * activity));
        impression.country =
                countries.below(impression.user, configuration.countries().size());
        impression.ad = (int) (configuration.ads() * popularity * popularity);
        impression.category = categories.below(impression.ad, configuration.categories());
        impression.device = devices.below(row, PlantedFeatures.DEVICES.size());
        fillNumbers(row, impression);
        for (int i = 0; i < ids.length; i++) {
            double draw = ids[i].uniform(row);
            impression.ids[i] = (int) (cardinalities[i] * draw * draw);
        }
        fillHistories(days, impression);
    }

    private void fillNumbers(long row, Impression impression) {
        for (int i = 0; i < numeric.length; i++) {
            boolean isMissing = missing.uniform(row * numeric.length + i) < MISSING;
            impression.numeric[i] = isMissing ? Double.NaN : numeric[i].normal(row);
        }
        for (int i = 0; i < counts.length; i++) {
            double value = counts[i].normal(row);
            impression.counts[i] = (long) StrictMath.expm1(LOG_COUNT_MEAN + value);
            impression.logCounts[i] = StrictMath.log1p(impression.counts[i]) - LOG_COUNT_MEAN;
        }
    }

    /** Each user visits something every {@link #VISIT_PERIOD}; a history is the user's latest visits at that moment. */
    private void fillHistories(double days, Impression impression) {
        int longest = configuration.effects().historyLength();
        int shortest = configuration.effects().historyWindow();
        int user = impression.user;
        for (int h = 0; h < histories.length; h++) {
            double draw = historyLengths[h].uniform(user);
            int length = draw < NEWCOMERS ? 0 : shortest + (int) ((longest - shortest + 1) * draw);
            long latest = longest + (long) ((days + phases.uniform(user)) / VISIT_PERIOD);
            impression.historyLengths[h] = length;
            for (int i = 0; i < length; i++) {
                long visit = ((long) user << 24) + latest - i;
                impression.histories[h][i] = histories[h].below(visit, configuration.categories());
            }
        }
    }

    /** Bisection on the mean probability of a fixed sample of rows, for each surface and label. */
    private double[][] calibrate() {
        double[][] result = new double[configuration.surfaces().size()][PlantedLabel.COUNT];
        double[][][] logits = sampleLogits(result.length);
        for (int surface = 0; surface < result.length; surface++) {
            for (PlantedLabel label : PlantedLabel.values()) {
                double target = label.baseRate(configuration.baseRates());
                result[surface][label.ordinal()] = intercept(logits[surface][label.ordinal()], target);
            }
        }
        return result;
    }

    private double[][][] sampleLogits(int surfaceCount) {
        double[][][] logits = new double[surfaceCount][PlantedLabel.COUNT][CALIBRATION_ROWS];
        Impression impression = newImpression();
        for (int i = 0; i < CALIBRATION_ROWS; i++) {
            double elapsed = (i + 0.5) / CALIBRATION_ROWS;
            // Negative rows are never written: the intercepts know nothing of the noise of the rows that are.
            fillFeatures(-1 - i, elapsed, impression);
            for (int surface = 0; surface < surfaceCount; surface++) {
                for (PlantedLabel label : PlantedLabel.values()) {
                    logits[surface][label.ordinal()][i] = effects.logit(label, impression, surface, elapsed);
                }
            }
        }
        return logits;
    }

    private static double intercept(double[] logits, double target) {
        double low = -20;
        double high = 20;
        for (int step = 0; step < 22; step++) {
            double middle = 0.5 * (low + high);
            double sum = 0;
            for (double logit : logits) {
                sum += sigmoid(middle + logit);
            }
            if (sum < target * logits.length) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + StrictMath.exp(-logit));
    }

    private RandomStream stream(String name) {
        return RandomStream.of(configuration.seed(), name, 0);
    }

    private RandomStream[] streams(String name, int count) {
        RandomStream[] streams = new RandomStream[count];
        for (int i = 0; i < count; i++) {
            streams[i] = RandomStream.of(configuration.seed(), name, i);
        }
        return streams;
    }
}
