package dev.smt.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Seeded search spaces of every kind of parameter, single-valued ones too, and points of them. */
final class RandomSpaces {
    private RandomSpaces() {}

    static SearchSpace space(Random random) {
        List<Parameter> parameters = new ArrayList<>();
        int count = random.nextInt(7);
        for (int i = 0; i < count; i++) {
            parameters.add(parameter("technique.p" + i, random));
        }
        return new SearchSpace(parameters);
    }

    private static Parameter parameter(String name, Random random) {
        boolean log = random.nextBoolean();
        boolean single = random.nextInt(6) == 0;
        return switch (random.nextInt(4)) {
            case 0 -> {
                double low = log ? Math.pow(10, -6 * random.nextDouble()) : 200 * random.nextDouble() - 100;
                yield new Parameter.Real(name, low, single ? low : low + 1e4 * random.nextDouble(), log);
            }
            case 1 -> {
                long low = log ? 1 + random.nextInt(50) : random.nextInt(200) - 100;
                yield new Parameter.Whole(name, low, single ? low : low + random.nextInt(1_000_000), log);
            }
            case 2 -> new Parameter.Categorical(
                    name,
                    IntStream.rangeClosed(0, single ? 0 : random.nextInt(5))
                            .mapToObj(level -> "L" + level)
                            .toList());
            default -> new Parameter.Flag(name);
        };
    }

    /** A point, by rejection where there are constraints. */
    static ParameterValues point(SearchSpace space, Random random) {
        for (int i = 0; i < 10_000; i++) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (Parameter parameter : space.parameters()) {
                values.put(parameter.name(), value(parameter, random));
            }
            ParameterValues theta = space.completed(new ParameterValues(values));
            if (space.problems(theta).isEmpty()) {
                return theta;
            }
        }
        throw new IllegalStateException("no point in 10,000 draws of " + space);
    }

    private static Object value(Parameter parameter, Random random) {
        if (parameter instanceof Parameter.Real real) {
            double value = real.low() + random.nextDouble() * (real.high() - real.low());
            return Math.min(real.high(), random.nextInt(5) == 0 ? real.high() : value);
        }
        if (parameter instanceof Parameter.Whole whole) {
            return whole.low() + (long) (random.nextDouble() * (whole.high() - whole.low() + 1));
        }
        if (parameter instanceof Parameter.Categorical categorical) {
            return categorical.levels().get(random.nextInt(categorical.levels().size()));
        }
        return random.nextBoolean();
    }
}
