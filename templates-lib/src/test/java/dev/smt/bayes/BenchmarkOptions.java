package dev.smt.bayes;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code --name value} pairs of a command line; a value may be a list with commas. */
public final class BenchmarkOptions {
    private final Map<String, String> values = new LinkedHashMap<>();

    public BenchmarkOptions(List<String> arguments, Set<String> allowed) {
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!name.startsWith("--") || !allowed.contains(name.substring(2)) || i + 1 == arguments.size()) {
                throw new IllegalArgumentException(
                        "option " + name + "; allowed, each with a value: --" + String.join(", --", allowed));
            }
            values.put(name.substring(2), arguments.get(i + 1));
        }
    }

    public int whole(String name, int otherwise) {
        return values.containsKey(name) ? Integer.parseInt(values.get(name)) : otherwise;
    }

    public List<String> list(String name, String otherwise) {
        return Arrays.asList(values.getOrDefault(name, otherwise).split(","));
    }
}
