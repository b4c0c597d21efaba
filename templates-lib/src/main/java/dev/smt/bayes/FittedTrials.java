package dev.smt.bayes;

import dev.smt.metric.FleetObjective;
import dev.smt.search.ParameterValues;
import dev.smt.search.UnitCube;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A surrogate with the trials that it was fitted to, which are at most {@value #MOST_THETAS} thetas.
 *
 * @param told of this study
 * @param earlier of others
 */
record FittedTrials(List<Result> told, EarlierStudies earlier, FleetSurrogate surrogate) {
    /** A posterior's time grows with its cube, its memory with it times models times draws. */
    static final int MOST_THETAS = 300;

    /** Of {@link #MOST_THETAS}; where this study needs the room, fewer. */
    private static final int MOST_EARLIER = 100;

    /** @throws SurrogateException when they can't be fitted */
    static FittedTrials of(UnitCube cube, FleetObjective objective, List<Result> told, EarlierStudies earlier) {
        List<Result> own = TrialSubset.of(told, cube, MOST_THETAS);
        int room = MOST_THETAS - thetas(own).size();
        EarlierStudies others = earlier.atMost(Math.min(MOST_EARLIER, room), cube);
        CoordinateGroups groups = CoordinateGroups.of(cube).withFlags(others.count());
        DeltaTable table = new DeltaTable(cube, objective, own, others);
        return new FittedTrials(own, others, FleetSurrogate.fit(groups, objective, table));
    }

    /** The distinct thetas of some results, in their order. */
    static List<ParameterValues> thetas(List<Result> results) {
        return results.stream().map(Result::theta).distinct().toList();
    }

    /** By earlier study, the standard deviation of its g less this study's at the same theta, in percent NE. */
    Map<String, Double> discrepancies() {
        Map<String, Double> discrepancies = new LinkedHashMap<>();
        for (int study = 0; study < earlier.count(); study++) {
            double units = earlier.discrepancy(study, surrogate.commonKernel());
            discrepancies.put(earlier.names().get(study), surrogate.unit() * units);
        }
        return discrepancies;
    }

    /**
     * What is believed of every told theta, of those that were left out too.
     *
     * @param all the told results
     * @param samples at the surrogate's points
     */
    List<TrialBelief> beliefs(UnitCube cube, FleetObjective objective, List<Result> all, FleetSamples samples) {
        List<ParameterValues> sites = thetas(told);
        List<ParameterValues> thetas = thetas(all);
        boolean[] complete = new DeltaTable(cube, objective, all).complete;
        List<TrialBelief> beliefs = new ArrayList<>();
        for (int t = 0; t < thetas.size(); t++) {
            ParameterValues theta = thetas.get(t);
            int site = sites.indexOf(theta);
            if (site >= 0) {
                samples.moveToSite(site);
            } else {
                samples.moveTo(cube.encode(theta));
            }
            beliefs.add(new TrialBelief(
                    theta, complete[t], samples.meanMu(), samples.muDeviation(), samples.feasibleShare()));
        }
        return beliefs;
    }
}
