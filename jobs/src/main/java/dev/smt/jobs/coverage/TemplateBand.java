package dev.smt.jobs.coverage;

import dev.smt.fleet.RankingStage;
import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The models that a template is meant for: a band of Fig. 3.
 *
 * @param template the template's name
 * @param stages ranking stages; at least one
 * @param hardware inference hardware; empty: any
 * @param flopsFrom inference FLOPs per example, this many or more; at least 0
 * @param flopsTo and fewer than this; positive infinity: no limit
 */
public record TemplateBand(
        String template, Set<RankingStage> stages, Set<String> hardware, double flopsFrom, double flopsTo)
        implements Serializable {
    public TemplateBand {
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("the band of " + template + " has no stage; allowed: at least one");
        }
        if (!(flopsFrom >= 0 && flopsFrom < flopsTo)) {
            throw new IllegalArgumentException("the band of " + template + " is from " + flopsFrom + " to " + flopsTo
                    + " FLOPs; allowed: 0 <= from < to");
        }
        stages = Collections.unmodifiableSet(EnumSet.copyOf(stages));
        hardware = Collections.unmodifiableSet(new TreeSet<>(hardware));
    }

    /** Whether a model of this stage, hardware and FLOPs is in the band. */
    public boolean covers(RankingStage stage, String modelHardware, double flops) {
        return stages.contains(stage) && runsOn(modelHardware) && flops >= flopsFrom && flops < flopsTo;
    }

    boolean runsOn(String modelHardware) {
        return hardware.isEmpty() || hardware.contains(modelHardware);
    }

    /** What a model would have to be to be in both bands, in words; empty where there is no such model. */
    Optional<String> overlap(TemplateBand other) {
        Set<RankingStage> sharedStages = EnumSet.copyOf(stages);
        sharedStages.retainAll(other.stages);
        Set<String> sharedHardware = new TreeSet<>(hardware.isEmpty() ? other.hardware : hardware);
        if (!hardware.isEmpty() && !other.hardware.isEmpty()) {
            sharedHardware.retainAll(other.hardware);
        }
        boolean anyHardware = hardware.isEmpty() && other.hardware.isEmpty();
        double from = Math.max(flopsFrom, other.flopsFrom);
        double to = Math.min(flopsTo, other.flopsTo);
        if (sharedStages.isEmpty() || (sharedHardware.isEmpty() && !anyHardware) || from >= to) {
            return Optional.empty();
        }
        return Optional.of(describe(sharedStages, sharedHardware, from, to));
    }

    /** Its stages, hardware and FLOPs in words. */
    String description() {
        return describe(stages, hardware, flopsFrom, flopsTo);
    }

    /** Its stages and hardware in words. */
    String place() {
        return place(stages, hardware);
    }

    private static String describe(
            Collection<RankingStage> stages, Collection<String> hardware, double from, double to) {
        String upTo = Double.isInfinite(to) ? " or more" : " to below " + Flops.text(to);
        return place(stages, hardware) + ", " + Flops.text(from) + upTo + " FLOPs";
    }

    private static String place(Collection<RankingStage> stages, Collection<String> hardware) {
        return stages.stream().map(RankingStage::label).collect(Collectors.joining(", ")) + "; "
                + (hardware.isEmpty() ? "any hardware" : String.join(", ", hardware));
    }
}
