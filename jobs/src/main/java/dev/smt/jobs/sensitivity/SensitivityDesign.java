package dev.smt.jobs.sensitivity;

import dev.smt.search.Parameter;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which coordinates of the unit cube enter a linear fit, and how its coefficients make the effect of each coordinate.
 *
 * <p>A coordinate that never varies among the trials is left out: nothing can be told of it, and the fit would be
 * singular. The one-hot coordinates of a categorical parameter sum to 1, so the fit leaves out the last level that
 * occurs; the effect of a level is relative to the mean of the levels that occur.
 */
final class SensitivityDesign {
    private final double[][] points;
    private final List<Integer> columns = new ArrayList<>();
    /** Per coordinate the coordinates that its effect is made of, with their weights; all 0: it never varies. */
    private final double[][] contrasts;

    /** @param points [trials, coordinates] of the space's unit cube */
    SensitivityDesign(SearchSpace space, double[][] points) {
        this.points = points;
        int dimension = new UnitCube(space).dimension();
        this.contrasts = new double[dimension][dimension];
        int from = 0;
        for (Parameter parameter : space.parameters()) {
            int to = from + new UnitCube(SearchSpace.of(parameter)).dimension();
            List<Integer> varying =
                    IntStream.range(from, to).filter(this::varies).boxed().toList();
            if (parameter instanceof Parameter.Categorical) {
                addLevels(varying);
            } else {
                varying.forEach(this::addNumber);
            }
            from = to;
        }
    }

    /** [trials, columns]. */
    double[][] matrix() {
        return Arrays.stream(points)
                .map(point -> columns.stream().mapToDouble(k -> point[k]).toArray())
                .toArray(double[][]::new);
    }

    /** The weights of the fit's coefficients in the effect of a coordinate; empty where it never varies. */
    Optional<double[]> weights(int coordinate) {
        double[] contrast = contrasts[coordinate];
        return Arrays.stream(contrast).allMatch(weight -> weight == 0)
                ? Optional.empty()
                : Optional.of(columns.stream().mapToDouble(k -> contrast[k]).toArray());
    }

    private boolean varies(int coordinate) {
        return Arrays.stream(points).anyMatch(point -> point[coordinate] != points[0][coordinate]);
    }

    private void addNumber(int coordinate) {
        columns.add(coordinate);
        contrasts[coordinate][coordinate] = 1;
    }

    private void addLevels(List<Integer> levels) {
        if (levels.isEmpty()) {
            return;
        }
        List<Integer> kept = levels.subList(0, levels.size() - 1);
        columns.addAll(kept);
        for (int level : levels) {
            kept.forEach(other -> contrasts[level][other] = -1.0 / levels.size());
        }
        kept.forEach(level -> contrasts[level][level] += 1);
    }
}
