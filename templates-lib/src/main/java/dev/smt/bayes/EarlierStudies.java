package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.metric.ModelDelta;
import dev.smt.search.SearchSpace;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The trials of earlier studies as the surrogate sees them. Each study s has one more coordinate, 1 at its trials and 0
 * at this study's: the covariance of what both say at a point is that within this study times exp(-1 / (2 l_s)), a
 * correlation that is learned like a length scale, from nearly 1 to 0 (a task kernel with this study at its hub; Bonilla,
 * Chai and Williams 2008). So what an earlier study says that own trials contradict is a difference of the functions,
 * which more earlier trials can't average away as they could noise.
 */
final class EarlierStudies {
    static final EarlierStudies NONE = new EarlierStudies(Map.of());

    private final List<String> names;
    private final List<List<Result>> results;

    /** @param byStudy results in the order in which they were run; models may be of other fleets */
    EarlierStudies(Map<String, List<Result>> byStudy) {
        // By name, so that the order in which studies are learned from decides nothing.
        Map<String, List<Result>> sorted = new TreeMap<>(byStudy);
        this.names = List.copyOf(sorted.keySet());
        this.results = sorted.values().stream().map(List::copyOf).toList();
    }

    /** With more trials, those left out whose thetas are not of the space. */
    EarlierStudies with(List<EarlierTrial> trials, SearchSpace space, FleetObjective objective) {
        Map<String, List<Result>> byStudy = new TreeMap<>();
        for (int study = 0; study < names.size(); study++) {
            byStudy.put(names.get(study), new ArrayList<>(results.get(study)));
        }
        for (EarlierTrial trial : trials) {
            if (space.problems(trial.theta()).isEmpty()) {
                byStudy.computeIfAbsent(trial.study(), study -> new ArrayList<>())
                        .add(result(trial, space, objective));
            }
        }
        return new EarlierStudies(byStudy);
    }

    /** With the outcome that it would have here, where all models of this fleet were evaluated. */
    private static Result result(EarlierTrial trial, SearchSpace space, FleetObjective objective) {
        List<ModelDelta> known = trial.deltas().stream()
                .filter(delta -> objective.weights().containsKey(delta.modelId()))
                .toList();
        Optional<FleetOutcome> outcome =
                known.size() == objective.weights().size() ? Optional.of(objective.outcome(known)) : Optional.empty();
        return new Result(space.require(trial.theta()), trial.deltas(), outcome);
    }

    /** The studies in the order of their coordinates. */
    List<String> names() {
        return names;
    }

    /** S. */
    int count() {
        return names.size();
    }

    /** The results of a study. */
    List<Result> results(int study) {
        return results.get(study);
    }

    List<Result> all() {
        return results.stream().flatMap(Collection::stream).toList();
    }

    /** A point [D] with the S coordinates of this study's trials. */
    double[] own(double[] point) {
        return names.isEmpty() ? point : Arrays.copyOf(point, point.length + names.size());
    }

    /** A point [D] with the S coordinates of an earlier study's trials. */
    double[] of(int study, double[] point) {
        double[] placed = own(point);
        placed[point.length + study] = 1;
        return placed;
    }

    /** The standard deviation of a study's value less this study's at the same point, under a kernel. */
    double discrepancy(int study, MaternKernel kernel) {
        double[] here = new double[kernel.groups().dimension()];
        double[] there = here.clone();
        there[here.length - names.size() + study] = 1;
        return Math.sqrt(2 * Math.max(0, kernel.signalVariance() - kernel.covariance(here, there)));
    }

    /** At most so many trials in all, of each study a fair share. */
    EarlierStudies atMost(int trials, UnitCube cube) {
        Map<String, List<Result>> kept = new TreeMap<>();
        for (int study = 0; study < names.size() && trials >= names.size(); study++) {
            kept.put(names.get(study), TrialSubset.of(results.get(study), cube, trials / names.size()));
        }
        return kept.isEmpty() ? NONE : new EarlierStudies(kept);
    }
}
