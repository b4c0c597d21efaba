package dev.smt.benchmark;

import dev.smt.search.Parameter;
import dev.smt.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws search spaces of 1 to {@value #MOST_PARAMETERS} parameters of all types; the first one is a real number. */
final class SpaceDraw {
    static final int MOST_PARAMETERS = 6;
    private static final List<String> LEVELS = List.of("a", "b", "c", "d");

    private SpaceDraw() {}

    static SearchSpace draw(String technique, Random random) {
        List<Parameter> parameters = new ArrayList<>();
        int count = 1 + random.nextInt(MOST_PARAMETERS);
        for (int k = 0; k < count; k++) {
            String name = technique + ".p" + (k + 1);
            parameters.add(parameter(name, k == 0 ? random.nextInt(2) : random.nextInt(6), random));
        }
        return new SearchSpace(parameters);
    }

    private static Parameter parameter(String name, int type, Random random) {
        return switch (type) {
            case 0 -> new Parameter.Real(name, 0, 1, false);
            case 1 -> new Parameter.Real(name, 1e-4, 1e-1, true);
            case 2 -> new Parameter.Whole(name, 1, 4 + random.nextInt(9), false);
            case 3 -> new Parameter.Whole(name, 8, 512, true);
            case 4 -> new Parameter.Categorical(name, LEVELS.subList(0, 2 + random.nextInt(3)));
            default -> new Parameter.Flag(name);
        };
    }
}
