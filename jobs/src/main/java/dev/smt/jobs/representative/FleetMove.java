package dev.smt.jobs.representative;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How far a fleet has moved from the representatives that it had before: what was learned on those says less of it.
 *
 * @param before representatives that it had
 * @param gone those of them that are no eligible model any more
 * @param ratio mean distance of the models to the nearest of those that are left, over that to the nearest of as many new ones; infinite
 *     where none is left
 */
record FleetMove(int before, List<String> gone, double ratio) {
    /** New representatives are nearer by chance alone: k-means places them for this fleet. */
    private static final double ALARM = 1.5;

    private static final double GONE = 0.25;

    FleetMove {
        gone = List.copyOf(gone);
    }

    /** Compares the representatives before with as many of now. */
    static FleetMove of(AttributeSpace space, List<String> before, List<String> now) {
        Map<String, Integer> places = new HashMap<>();
        IntStream.range(0, space.size())
                .forEach(place -> places.put(space.models().get(place).id(), place));
        List<String> gone = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        before.forEach(id -> Optional.ofNullable(places.get(id)).ifPresentOrElse(left::add, () -> gone.add(id)));
        double distance = CoverageOfFleet.mean(
                space.points(), left.stream().mapToInt(Integer::intValue).toArray());
        double best = CoverageOfFleet.mean(
                space.points(), now.stream().mapToInt(places::get).toArray());
        return new FleetMove(before.size(), gone, best > 0 ? distance / best : left.isEmpty() ? distance : 1);
    }

    /** What the user should know; empty where the fleet is where it was. */
    Optional<String> alarm() {
        if (ratio <= ALARM && gone.size() <= GONE * before) {
            return Optional.empty();
        }
        String far = Double.isInfinite(ratio)
                ? "none of the " + before + " representatives of the last run is left"
                : String.format(
                        Locale.ROOT,
                        "its models are %.1f x as far from the last run's representatives as from as many new ones",
                        ratio);
        String lost = gone.isEmpty() || Double.isInfinite(ratio)
                ? ""
                : ", and " + gone.size() + " of " + before + " are gone";
        return Optional.of("the fleet has moved: " + far + lost
                + "; what was accepted on those may not hold: see what the back-test and the models' iterations say");
    }
}
