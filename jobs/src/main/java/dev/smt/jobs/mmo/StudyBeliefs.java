package dev.smt.jobs.mmo;

import dev.smt.bayes.TrialBelief;
import dev.smt.search.ParameterValues;
import java.util.List;
import java.util.Optional;

/**
 * What all of a technique's trials together say of each of them.
 *
 * @param trials one per trial; empty where there is no surrogate
 * @param missing why there is no surrogate, in words; empty where there is one
 */
public record StudyBeliefs(List<TrialBelief> trials, Optional<String> missing) {
    public StudyBeliefs {
        trials = List.copyOf(trials);
    }

    static StudyBeliefs of(List<TrialBelief> trials) {
        return new StudyBeliefs(trials, Optional.empty());
    }

    static StudyBeliefs missing(String why) {
        return new StudyBeliefs(List.of(), Optional.of(why));
    }

    Optional<TrialBelief> at(ParameterValues theta) {
        return trials.stream().filter(belief -> belief.theta().equals(theta)).findFirst();
    }
}
