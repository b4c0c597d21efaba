package dev.smt.jobs.sensitivity;

import dev.smt.search.Coordinate;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The columns of a regression on the unit cube, and what of its coefficients each parameter stands for.
 *
 * <p>A number or a flag has one column, its coordinate. The one-hot coordinates of a categorical parameter sum to 1, so
 * the column of its last level that occurs is left out; a level's coefficient is then taken relative to the mean of the
 * levels that occur. Coordinates that are the same in all trials have no column: nothing can be told of them.
 */
final class SensitivityDesign {
    private final List<Effect> effects = new ArrayList<>();
    private final List<Integer> columns = new ArrayList<>();
    private final double[][] points;

    /**
     * A parameter.
     *
     * @param coefficients what is reported: one, or one per level
     * @param contrasts what decides: the coefficient, or all differences of two levels; empty where the parameter is the
     *     same in all trials
     */
    record Effect(List<Coefficient> coefficients, List<double[]> contrasts) {}

    /** A coordinate of the cube, and the weights of the columns that make its coefficient; empty where it can't be told. */
    record Coefficient(String coordinate, Optional<double[]> weights) {}

    SensitivityDesign(SearchSpace space, List<ParameterValues> thetas) {
        UnitCube cube = new UnitCube(space);
        double[][] encoded = thetas.stream().map(cube::encode).toArray(double[][]::new);
        Map<Parameter, List<Integer>> groups = coordinatesOf(space, cube.coordinates());
        List<String> names = cube.coordinates().stream().map(Coordinate::name).toList();
        Map<Parameter, List<Integer>> occurring = new LinkedHashMap<>();
        groups.forEach((parameter, group) -> occurring.put(parameter, occurring(group, encoded)));
        occurring.values().forEach(this::addColumns);
        groups.forEach((parameter, group) -> effects.add(effect(parameter, names, group, occurring.get(parameter))));
        points = Arrays.stream(encoded)
                .map(point ->
                        columns.stream().mapToDouble(column -> point[column]).toArray())
                .toArray(double[][]::new);
    }

    /** One per parameter with more than one value, in the space's order. */
    List<Effect> effects() {
        return effects;
    }

    /** [trials, columns] */
    double[][] points() {
        return points;
    }

    int columns() {
        return columns.size();
    }

    /** The cube's coordinates of each parameter, in order. */
    private static Map<Parameter, List<Integer>> coordinatesOf(SearchSpace space, List<Coordinate> coordinates) {
        Map<Parameter, List<Integer>> groups = new LinkedHashMap<>();
        for (Parameter parameter : space.parameters()) {
            List<Integer> group = IntStream.range(0, coordinates.size())
                    .filter(at -> coordinates.get(at).parameter().equals(parameter.name()))
                    .boxed()
                    .toList();
            if (!group.isEmpty()) {
                groups.put(parameter, group);
            }
        }
        return groups;
    }

    /** The coordinates that are not the same in all trials. */
    private static List<Integer> occurring(List<Integer> group, double[][] encoded) {
        return group.stream()
                .filter(column -> Arrays.stream(encoded).anyMatch(point -> point[column] != encoded[0][column]))
                .toList();
    }

    private void addColumns(List<Integer> occurring) {
        columns.addAll(occurring.size() > 1 ? occurring.subList(0, occurring.size() - 1) : occurring);
    }

    private Effect effect(Parameter parameter, List<String> names, List<Integer> group, List<Integer> occurring) {
        boolean categorical = parameter instanceof Parameter.Categorical;
        List<Coefficient> coefficients = group.stream()
                .map(coordinate -> new Coefficient(
                        names.get(coordinate),
                        !occurring.contains(coordinate)
                                ? Optional.empty()
                                : Optional.of(categorical ? centred(coordinate, occurring) : single(coordinate))))
                .toList();
        List<double[]> contrasts = categorical
                ? differences(occurring)
                : occurring.stream().map(this::single).toList();
        return new Effect(coefficients, contrasts);
    }

    /** The coordinate's own column; all 0 for the level that was left out. */
    private double[] single(int coordinate) {
        double[] weights = new double[columns.size()];
        if (columns.contains(coordinate)) {
            weights[columns.indexOf(coordinate)] = 1;
        }
        return weights;
    }

    private double[] centred(int coordinate, List<Integer> levels) {
        double[] weights = single(coordinate);
        for (int level : levels) {
            add(weights, single(level), -1.0 / levels.size());
        }
        return weights;
    }

    private List<double[]> differences(List<Integer> levels) {
        List<double[]> differences = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            for (int j = 0; j < i; j++) {
                double[] weights = single(levels.get(i));
                add(weights, single(levels.get(j)), -1);
                differences.add(weights);
            }
        }
        return differences;
    }

    private static void add(double[] weights, double[] other, double factor) {
        for (int k = 0; k < weights.length; k++) {
            weights[k] += factor * other[k];
        }
    }
}
