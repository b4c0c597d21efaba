package dev.smt.technique;

import dev.smt.search.ParameterValues;
import dev.smt.template.Template;
import dev.smt.template.TemplateDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether techniques may go into one template version together. Two techniques commute, or are refused: they are
 * refused when both set a field (the later one would undo the earlier), and when the order of applying them matters.
 */
public final class TechniqueConflicts {
    private TechniqueConflicts() {}

    /** The reasons why not all of these techniques can go into the template together; none when they can. */
    public static List<String> among(List<Technique> techniques, Template template) {
        List<String> reasons = new ArrayList<>();
        for (int second = 1; second < techniques.size(); second++) {
            for (int first = 0; first < second; first++) {
                between(techniques.get(first), techniques.get(second), template).ifPresent(reasons::add);
            }
        }
        return reasons;
    }

    /** The reason why two techniques can't go into the template together; empty when they can. */
    public static Optional<String> between(Technique first, Technique second, Template template) {
        if (!first.fits(template) || !second.fits(template)) {
            return Optional.empty();
        }
        if (first.name().equals(second.name())) {
            return Optional.of("technique " + first.name() + " is named twice; apply it once");
        }
        TreeSet<String> shared = new TreeSet<>(TechniqueFootprint.paths(first, template));
        shared.retainAll(TechniqueFootprint.paths(second, template));
        if (!shared.isEmpty()) {
            return Optional.of(refusal(first, second, template) + " both set " + String.join(", ", shared)
                    + "; choose one of them, or put them into two versions, one after the other");
        }
        return orderMatters(first, second, template);
    }

    private static Optional<String> orderMatters(Technique first, Technique second, Template template) {
        for (ParameterValues theta : SampledThetas.of(first)) {
            Optional<String> reason = orderMatters(first, theta, second, second.defaults(), template);
            if (reason.isPresent()) {
                return reason;
            }
        }
        for (ParameterValues theta : SampledThetas.of(second)) {
            Optional<String> reason = orderMatters(first, first.defaults(), second, theta, template);
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> orderMatters(
            Technique first,
            ParameterValues firstTheta,
            Technique second,
            ParameterValues secondTheta,
            Template template) {
        Template firstThenSecond = second.apply(first.apply(template, firstTheta), secondTheta);
        Template secondThenFirst = first.apply(second.apply(template, secondTheta), firstTheta);
        if (firstThenSecond.equals(secondThenFirst)) {
            return Optional.empty();
        }
        return Optional.of(refusal(first, second, template) + " give different templates in different orders: "
                + TemplateDiff.between(firstThenSecond, secondThenFirst) + " at " + firstTheta.values() + " and "
                + secondTheta.values()
                + "; choose one of them, or put them into two versions, one after the other");
    }

    private static String refusal(Technique first, Technique second, Template template) {
        return "techniques " + first.name() + " and " + second.name() + " in template " + template.name() + ":";
    }
}
