package dev.smt.technique;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/** The techniques on the class path, found by {@link ServiceLoader}: those of this library and of any other jar. */
public final class Techniques {
    private Techniques() {}

    /**
     * All techniques, by name.
     *
     * @throws IllegalStateException when two have the same name
     */
    public static List<Technique> all() {
        List<Technique> techniques = ServiceLoader.load(Technique.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Technique::name))
                .toList();
        Set<String> names = new HashSet<>();
        for (Technique technique : techniques) {
            if (!names.add(technique.name())) {
                throw new IllegalStateException("two techniques on the class path are named " + technique.name()
                        + ", one of them is " + technique.getClass().getName());
            }
        }
        return techniques;
    }

    /**
     * One technique.
     *
     * @throws IllegalArgumentException naming those that exist
     */
    public static Technique named(String name) {
        List<Technique> all = all();
        return all.stream()
                .filter(technique -> technique.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("technique is \"" + name + "\"; there are "
                        + all.stream().map(Technique::name).collect(Collectors.joining(", "))));
    }
}
