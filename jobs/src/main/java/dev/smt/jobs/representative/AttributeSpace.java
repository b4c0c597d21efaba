package dev.smt.jobs.representative;

import dev.smt.fleet.FleetModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The fleet as points of a Euclidean space in which the six attributes weigh what the configuration says (paper,
 * section 3.3.1).
 *
 * <p>The ranking stage is ordinal, log10(FLOPs) is a number, the other four are nominal and one-hot. Every attribute's
 * columns are scaled to a total (population) variance of the attribute's weight, whatever its number of categories; an
 * attribute that is the same in all models contributes nothing. Models are in the order of their ids, so that nothing
 * depends on the order of the input.
 */
public final class AttributeSpace {
    /** Above this share of the total variance an attribute decides the clusters nearly alone. */
    static final double DOMINANT_SHARE = 0.5;

    private static final double ROUNDING = 1e-9;

    private final List<FleetModel> models;
    private final double[][] points;
    private final Map<Attribute, Double> varianceShares;
    /** The first of each attribute's columns. */
    private final Map<Attribute, Integer> begins;

    private AttributeSpace(
            List<FleetModel> models,
            double[][] points,
            Map<Attribute, Double> varianceShares,
            Map<Attribute, Integer> begins) {
        this.models = models;
        this.points = points;
        this.varianceShares = varianceShares;
        this.begins = begins;
    }

    /**
     * Places the models.
     *
     * @param weights weight per attribute, 0 or more; an attribute that is not named weighs 1
     * @throws IllegalArgumentException where there is no model, or two share an id
     */
    public static AttributeSpace of(List<FleetModel> fleet, Map<Attribute, Double> weights) {
        List<FleetModel> models =
                fleet.stream().sorted(Comparator.comparing(FleetModel::id)).toList();
        requireDistinctIds(models);
        List<double[]> columns = new ArrayList<>();
        Map<Attribute, Double> variances = new EnumMap<>(Attribute.class);
        Map<Attribute, Integer> begins = new EnumMap<>(Attribute.class);
        for (Attribute attribute : Attribute.values()) {
            double weight = weights.getOrDefault(attribute, 1.0);
            List<double[]> scaled = scaled(columnsOf(attribute, models), weight);
            begins.put(attribute, columns.size());
            columns.addAll(scaled);
            variances.put(
                    attribute,
                    scaled.stream().mapToDouble(AttributeSpace::variance).sum());
        }
        double total =
                variances.values().stream().mapToDouble(Double::doubleValue).sum();
        variances.replaceAll((attribute, variance) -> total > 0 ? variance / total : 0);
        return new AttributeSpace(
                models, transposed(columns, models.size()), Collections.unmodifiableMap(variances), begins);
    }

    /** The models in the order of their ids. */
    public List<FleetModel> models() {
        return models;
    }

    public int size() {
        return models.size();
    }

    /** Coordinates: one row per model, in the order of {@link #models}; shared, never changed. */
    double[][] points() {
        return points;
    }

    /** The coordinates that an attribute makes; none where it is the same in all models. */
    int[] columns(Attribute attribute) {
        int next = attribute.ordinal() + 1;
        int end = next == Attribute.values().length ? points[0].length : begins.get(Attribute.values()[next]);
        return IntStream.range(begins.get(attribute), end).toArray();
    }

    /** Number of models that differ from all others in at least one attribute that has a weight. */
    int distinctPoints() {
        return (int) Arrays.stream(points).map(AttributeSpace::boxed).distinct().count();
    }

    /** Each attribute's share of the total variance; all are 0 where the models don't differ. */
    public Map<Attribute, Double> varianceShares() {
        return varianceShares;
    }

    /** What the user should know about the space: an attribute that decides nearly alone; models that don't differ. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        varianceShares.forEach((attribute, share) -> {
            if (share > DOMINANT_SHARE + ROUNDING) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "attribute %s makes %.0f %% of the models' variance and decides the clusters nearly alone; "
                                + "lower its weight, or see whether the other attributes are filled in",
                        attribute.key(),
                        100 * share));
            }
        });
        if (size() > 1 && varianceShares.values().stream().allMatch(share -> share == 0)) {
            warnings.add("the " + size() + " models don't differ in any attribute that has a weight: one cluster");
        }
        return warnings;
    }

    private static List<double[]> columnsOf(Attribute attribute, List<FleetModel> models) {
        return switch (attribute) {
            case RANKING_STAGE -> List.of(models.stream()
                    .mapToDouble(model -> model.stage().ordinal())
                    .toArray());
            case FLOPS -> List.of(models.stream()
                    .mapToDouble(model -> Math.log10(model.flops()))
                    .toArray());
            default -> oneHot(models.stream().map(attribute::category).toList());
        };
    }

    private static List<double[]> oneHot(List<String> values) {
        return new TreeSet<>(values)
                .stream()
                        .map(category -> values.stream()
                                .mapToDouble(value -> value.equals(category) ? 1 : 0)
                                .toArray())
                        .toList();
    }

    /** The columns that vary, centred and scaled to a total variance of {@code weight}. */
    private static List<double[]> scaled(List<double[]> columns, double weight) {
        // Compared exactly: the variance of equal numbers may come out as a tiny positive one.
        List<double[]> varying = columns.stream()
                .filter(column -> Arrays.stream(column).anyMatch(value -> value != column[0]))
                .toList();
        if (varying.isEmpty() || weight == 0) {
            return List.of();
        }
        double factor = Math.sqrt(
                weight / varying.stream().mapToDouble(AttributeSpace::variance).sum());
        return varying.stream()
                .map(column -> {
                    double mean = mean(column);
                    return Arrays.stream(column)
                            .map(value -> (value - mean) * factor)
                            .toArray();
                })
                .toList();
    }

    private static double mean(double[] column) {
        return Arrays.stream(column).sum() / column.length;
    }

    private static double variance(double[] column) {
        double mean = mean(column);
        return Arrays.stream(column)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / column.length;
    }

    private static double[][] transposed(List<double[]> columns, int rows) {
        double[][] points = new double[rows][columns.size()];
        for (int column = 0; column < columns.size(); column++) {
            for (int row = 0; row < rows; row++) {
                points[row][column] = columns.get(column)[row];
            }
        }
        return points;
    }

    private static List<Double> boxed(double[] point) {
        return Arrays.stream(point).boxed().toList();
    }

    private static void requireDistinctIds(List<FleetModel> models) {
        if (models.isEmpty()) {
            throw new IllegalArgumentException("the fleet has no model; at least one is needed");
        }
        List<String> twice =
                models.stream()
                        .collect(Collectors.groupingBy(FleetModel::id, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .filter(entry -> entry.getValue() > 1)
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException("models that are more than once in the fleet: " + twice);
        }
    }
}
