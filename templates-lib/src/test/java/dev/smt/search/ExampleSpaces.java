package dev.smt.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A shelf of search spaces of all kinds; whatever works on spaces must work on each. */
public final class ExampleSpaces {
    private static final Parameter.Real RATE = new Parameter.Real("t.rate", 1e-4, 1, true);
    private static final Parameter.Real SHARE = new Parameter.Real("t.share", 0, 1, false);
    private static final Parameter.Real REST = new Parameter.Real("t.rest", 0, 1, false);
    private static final Parameter.Whole LAYERS = new Parameter.Whole("t.layers", 1, 4, false);
    private static final Parameter.Whole WIDTH = new Parameter.Whole("t.width", 8, 512, true);
    private static final Parameter.Categorical KIND = new Parameter.Categorical("t.kind", List.of("A", "B", "C"));
    private static final Parameter.Flag ON = new Parameter.Flag("t.on");

    private ExampleSpaces() {}

    public static Map<String, SearchSpace> shelf() {
        Map<String, SearchSpace> shelf = new LinkedHashMap<>();
        shelf.put("empty", SearchSpace.of());
        shelf.put("flat, all kinds", SearchSpace.of(RATE, SHARE, LAYERS, WIDTH, KIND, ON));
        shelf.put("single-valued", singles());
        shelf.put("flags", SearchSpace.of(ON, new Parameter.Flag("t.b"), new Parameter.Flag("t.c")));
        shelf.put("extreme ranges", extremes());
        shelf.put(
                "thirty parameters",
                new SearchSpace(IntStream.range(0, 30)
                        .<Parameter>mapToObj(i -> new Parameter.Real("t.x" + i, -i, i + 1, false))
                        .toList()));
        shelf.put("fixed", SearchSpace.of(RATE, LAYERS, KIND, ON).fixing(Map.of("t.rate", 0.037, "t.kind", "B")));
        shelf.put("all fixed", SearchSpace.of(RATE, ON).fixing(Map.of("t.rate", 1.0, "t.on", false)));
        shelf.put("conditional", conditional());
        shelf.put(
                "conditional, parent declared last",
                SearchSpace.of(SHARE, KIND, LAYERS, ON)
                        .withConditions(
                                Condition.of("t.share", "t.on", true), Condition.of("t.layers", "t.kind", "B", "C")));
        shelf.put(
                "two conditions on one",
                SearchSpace.of(KIND, ON, SHARE)
                        .withConditions(
                                Condition.of("t.share", "t.on", true), Condition.of("t.share", "t.kind", "A", "C")));
        shelf.put("finite and conditional", finite());
        shelf.put("conditional with a fixed parent", conditional().fixing(Map.of("t.kind", "A")));
        shelf.put("conditional with a fixed child", conditional().fixing(Map.of("t.momentum", 0.9)));
        shelf.put(
                "half square",
                SearchSpace.of(SHARE, REST).withConstraints(LinearConstraint.sumAtMost(1, "t.share", "t.rest")));
        shelf.put(
                "a band, on a log scale too",
                SearchSpace.of(RATE, SHARE, ON)
                        .withConstraints(
                                new LinearConstraint(Map.of("t.rate", 1.0, "t.share", -1.0), 0.1),
                                new LinearConstraint(Map.of("t.rate", -1.0, "t.share", 1.0), 0.1)));
        shelf.put("whole numbers under a bound", wholes());
        shelf.put("constrained and conditional", conditionalAndConstrained());
        shelf.put("a constraint with a fixed term", wholes().fixing(Map.of("t.layers", 4L)));
        shelf.put(
                "a constraint on a parent",
                SearchSpace.of(LAYERS, WIDTH, SHARE)
                        .withConditions(Condition.of("t.width", "t.layers", 3L, 4L))
                        .withConstraints(
                                new LinearConstraint(Map.of("t.layers", 10.0, "t.width", 1.0, "t.share", 20.0), 60)));
        return shelf;
    }

    private static SearchSpace singles() {
        return SearchSpace.of(
                new Parameter.Real("t.a", 2, 2, false),
                new Parameter.Whole("t.b", 5, 5, true),
                new Parameter.Categorical("t.c", List.of("ONLY")),
                SHARE);
    }

    private static SearchSpace extremes() {
        return SearchSpace.of(
                new Parameter.Real("t.tiny", 1e-30, 1e-12, true),
                new Parameter.Real("t.huge", -1e12, 1e12, false),
                new Parameter.Real("t.wide", 1e-300, 1e300, true),
                new Parameter.Real("t.all", -Double.MAX_VALUE, Double.MAX_VALUE, false),
                new Parameter.Real("t.narrow", 1e12, 1e12 + 1, false),
                new Parameter.Real("t.narrow-log", 1, 1 + 1e-9, true),
                new Parameter.Whole("t.many", -1_000_000_000_000L, 1_000_000_000_000L, false));
    }

    private static SearchSpace conditional() {
        return SearchSpace.of(
                        KIND,
                        new Parameter.Real("t.momentum", 0, 0.99, false),
                        new Parameter.Flag("t.nesterov"),
                        LAYERS,
                        new Parameter.Categorical("t.second", List.of("X", "Y")),
                        new Parameter.Real("t.damping", 1e-3, 1, true))
                .withConditions(
                        Condition.of("t.momentum", "t.kind", "B", "C"),
                        Condition.of("t.nesterov", "t.kind", "C"),
                        Condition.of("t.damping", "t.nesterov", true),
                        Condition.of("t.second", "t.layers", 2L, 3L, 4L));
    }

    private static SearchSpace finite() {
        return SearchSpace.of(ON, KIND, LAYERS, new Parameter.Flag("t.deep"))
                .withConditions(
                        Condition.of("t.kind", "t.on", true),
                        Condition.of("t.layers", "t.kind", "B"),
                        Condition.of("t.deep", "t.layers", 4L));
    }

    private static SearchSpace wholes() {
        return SearchSpace.of(LAYERS, WIDTH, new Parameter.Whole("t.heads", 1, 8, false))
                .withConstraints(
                        new LinearConstraint(Map.of("t.layers", 100.0, "t.width", 1.0), 600),
                        LinearConstraint.sumAtMost(9, "t.layers", "t.heads"));
    }

    private static SearchSpace conditionalAndConstrained() {
        return SearchSpace.of(ON, SHARE, REST, RATE, KIND)
                .withConditions(Condition.of("t.rest", "t.on", true))
                .withConstraints(new LinearConstraint(Map.of("t.share", 1.0, "t.rest", 1.0, "t.rate", 2.0), 1.2));
    }
}
