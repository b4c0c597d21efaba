package dev.smt.jobs.coverage;

import dev.smt.fleet.RankingStage;
import dev.smt.jobs.config.ConfigSection;
import dev.smt.nn.Paradigm;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Section {@code coverage}: which template is meant for which models. A model is in one band at most.
 *
 * <p>The paper shows bands without numbers (Fig. 3). The defaults are round numbers of our own, for models of millions
 * to billions of FLOPs: two towers retrieve and pre-rank, medium from 1e6 and large from 1e7 FLOPs; single towers rank,
 * medium from 1e8 and large from 1e9 FLOPs.
 *
 * @param bands by their first stage, then by FLOPs
 */
public record CoverageBands(List<TemplateBand> bands) implements Serializable {
    private static final double DECOUPLED_MEDIUM = 1e6;
    private static final double DECOUPLED_LARGE = 1e7;
    private static final double SPARSE_MEDIUM = 1e8;
    private static final double SPARSE_LARGE = 1e9;

    public CoverageBands {
        bands = bands.stream()
                .sorted(Comparator.comparing(
                                (TemplateBand band) -> band.stages().iterator().next())
                        .thenComparing(TemplateBand::flopsFrom)
                        .thenComparing(TemplateBand::template))
                .toList();
        List<String> overlaps = overlaps(bands);
        if (!overlaps.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", overlaps));
        }
    }

    /** The template that a model belongs to, or why there is none. */
    public sealed interface Choice {
        /** The template whose band the model is in. */
        record Covered(String template) implements Choice {}

        /** No band has the model. */
        record Unassigned(String reason) implements Choice {}
    }

    /** Reads the section; what it does not say is as by default. Overlapping bands are refused, naming both. */
    public static CoverageBands read(ConfigSection section) {
        List<TemplateBand> bands = new ArrayList<>();
        for (String template : TemplateCatalog.names()) {
            readBand(section.section(template), template).ifPresent(bands::add);
        }
        List<String> overlaps = overlaps(bands);
        overlaps.forEach(section.problems()::add);
        return new CoverageBands(overlaps.isEmpty() ? bands : List.of());
    }

    /** The choice for a model by its three attributes. */
    public Choice choose(RankingStage stage, String hardware, double flops) {
        return bands.stream()
                .filter(band -> band.covers(stage, hardware, flops))
                .findFirst()
                .<Choice>map(band -> new Choice.Covered(band.template()))
                .orElseGet(() -> new Choice.Unassigned(reason(stage, hardware, flops)));
    }

    /** Why no band has such a model: the first attribute that leaves no band, and what the bands allow of it. */
    private String reason(RankingStage stage, String hardware, double flops) {
        List<TemplateBand> ofStage =
                bands.stream().filter(band -> band.stages().contains(stage)).toList();
        if (ofStage.isEmpty()) {
            Set<RankingStage> stages = EnumSet.noneOf(RankingStage.class);
            bands.forEach(band -> stages.addAll(band.stages()));
            return "no band has stage " + stage.label() + "; there are bands of "
                    + joined(stages.stream().map(RankingStage::label).toList());
        }
        List<TemplateBand> ofHardware =
                ofStage.stream().filter(band -> band.runsOn(hardware)).toList();
        if (ofHardware.isEmpty()) {
            Set<String> known = new TreeSet<>();
            ofStage.forEach(band -> known.addAll(band.hardware()));
            return "no band of stage " + stage.label() + " has hardware " + hardware + "; there are bands of "
                    + joined(known);
        }
        return "no band of stage " + stage.label() + " and hardware " + hardware + " has " + Flops.text(flops)
                + " FLOPs; there are "
                + ofHardware.stream()
                        .map(band -> band.template() + " (" + Flops.text(band.flopsFrom())
                                + (Double.isInfinite(band.flopsTo())
                                        ? " or more)"
                                        : " to below " + Flops.text(band.flopsTo()) + ")"))
                        .collect(Collectors.joining(", "));
    }

    private static String joined(Collection<String> texts) {
        return texts.isEmpty() ? "none" : String.join(", ", texts);
    }

    private static Optional<TemplateBand> readBand(ConfigSection section, String name) {
        TemplateBand usual = usual(TemplateCatalog.named(name));
        Set<RankingStage> stages = EnumSet.noneOf(RankingStage.class);
        List<String> labels = section.strings(
                "stages", usual.stages().stream().map(RankingStage::label).toList());
        for (String label : labels) {
            try {
                stages.add(RankingStage.ofLabel(label));
            } catch (IllegalArgumentException unknown) {
                section.problems().add(section.fullKey("stages"), label, "retrieval, pre-ranking, ranking");
            }
        }
        List<String> hardware = section.strings("hardware", List.of());
        double from = section.real(
                "flops-from", usual.flopsFrom(), flops -> flops >= 0 && Double.isFinite(flops), "0 or more");
        double to = section.real("flops-to", usual.flopsTo(), flops -> flops > 0, "above 0 (Infinity: no limit)");
        if (from >= to) {
            section.problems()
                    .add(section.fullKey("flops-from") + " is " + Flops.text(from) + " and "
                            + section.fullKey("flops-to") + " is " + Flops.text(to) + "; allowed: from below to");
        }
        return stages.isEmpty() || from >= to
                ? Optional.empty()
                : Optional.of(new TemplateBand(name, stages, Set.copyOf(hardware), from, to));
    }

    private static TemplateBand usual(Template template) {
        boolean decoupled = template.architecture().paradigm() == Paradigm.DECOUPLED_SPARSE_NN;
        double medium = decoupled ? DECOUPLED_MEDIUM : SPARSE_MEDIUM;
        double large = decoupled ? DECOUPLED_LARGE : SPARSE_LARGE;
        String name = template.name();
        boolean small = name.endsWith("-small");
        return new TemplateBand(
                name,
                decoupled
                        ? EnumSet.of(RankingStage.RETRIEVAL, RankingStage.PRE_RANKING)
                        : EnumSet.of(RankingStage.RANKING),
                Set.of(),
                small ? 0 : name.endsWith("-large") ? large : medium,
                small ? medium : name.endsWith("-large") ? Double.POSITIVE_INFINITY : large);
    }

    private static List<String> overlaps(List<TemplateBand> bands) {
        List<String> overlaps = new ArrayList<>();
        for (int second = 1; second < bands.size(); second++) {
            for (int first = 0; first < second; first++) {
                TemplateBand one = bands.get(first);
                TemplateBand other = bands.get(second);
                one.overlap(other)
                        .ifPresent(both -> overlaps.add("coverage." + one.template() + " and coverage."
                                + other.template() + " overlap: " + both
                                + "; allowed: a model is in one band at most; move flops-from or flops-to of one"));
            }
        }
        return overlaps;
    }
}
