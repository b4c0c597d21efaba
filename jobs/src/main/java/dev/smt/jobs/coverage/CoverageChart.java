package dev.smt.jobs.coverage;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.coverage.FleetCoverage.Assignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The bands of Fig. 3 as plain text: a line per template over a logarithmic axis of FLOPs, and what to look at. */
public final class CoverageChart {
    private static final int WIDTH = 60;
    private static final int NAME = 30;
    private static final int TICK = 4;
    private static final int DIGITS = 9;

    private CoverageChart() {}

    /** The chart, the sums, the models without a template, and those that are configured with another one. */
    public static List<String> lines(FleetCoverage coverage) {
        FlopsAxis axis = FlopsAxis.of(coverage);
        int perDecade = Math.max(4, WIDTH / axis.decades());
        int width = axis.decades() * perDecade + 1;
        List<String> lines = new ArrayList<>();
        lines.add(row("FLOPs", ticks(axis, perDecade), width, "models"));
        String place = "";
        for (TemplateBand band : coverage.bands().bands()) {
            if (!band.place().equals(place)) {
                place = band.place();
                lines.add(place);
            }
            List<FleetModel> models = coverage.models(band.template());
            char[] cells = cells(band, axis, width);
            mark(cells, models, axis);
            lines.add(row("  " + band.template(), new String(cells), width, Integer.toString(models.size())));
        }
        List<Assignment> unassigned = coverage.unassigned();
        if (!unassigned.isEmpty()) {
            char[] cells = blank(width);
            mark(cells, unassigned.stream().map(Assignment::model).toList(), axis);
            lines.add(row("no template", new String(cells), width, Integer.toString(unassigned.size())));
        }
        lines.add("<---|: a template's band; a digit: so many models there, #: ten or more");
        lines.add("");
        lines.addAll(findings(coverage));
        return lines;
    }

    private static List<String> findings(FleetCoverage coverage) {
        List<String> lines = new ArrayList<>();
        int all = coverage.assignments().size();
        int without = coverage.unassigned().size();
        lines.add(all + " models: " + (all - without) + " have one template each, " + without + " have none, "
                + coverage.differing().size() + " are configured with another one");
        if (without > 0) {
            lines.add("no template:");
            coverage.unassigned()
                    .forEach(one -> lines.add(
                            "  " + one.model().id() + ": " + one.reason().orElseThrow()));
        }
        Map<String, List<Assignment>> moves = coverage.differing().stream()
                .collect(Collectors.groupingBy(
                        one -> one.model().template() + ", by coverage "
                                + one.template().orElseThrow(),
                        TreeMap::new,
                        Collectors.toList()));
        moves.forEach((move, models) -> {
            lines.add("configured with " + move + ": " + models.size());
            models.forEach(one -> lines.add("  " + one.model().id() + " (" + attributes(one.model()) + ")"));
        });
        return lines;
    }

    static String attributes(FleetModel model) {
        return model.stage().label() + ", " + model.hardware() + ", " + Flops.text(model.flops()) + " FLOPs";
    }

    private static char[] cells(TemplateBand band, FlopsAxis axis, int width) {
        char[] cells = blank(width);
        int from = cell(axis, Math.max(band.flopsFrom(), Double.MIN_VALUE), width);
        int to = cell(axis, band.flopsTo(), width);
        Arrays.fill(cells, from, to + 1, '-');
        cells[from] = band.flopsFrom() == 0 ? '<' : '|';
        cells[to] = Double.isInfinite(band.flopsTo()) ? '>' : '|';
        return cells;
    }

    private static void mark(char[] cells, List<FleetModel> models, FlopsAxis axis) {
        int[] counts = new int[cells.length];
        models.forEach(model -> counts[cell(axis, model.flops(), cells.length)]++);
        for (int i = 0; i < cells.length; i++) {
            if (counts[i] > 0) {
                cells[i] = counts[i] > DIGITS ? '#' : (char) ('0' + counts[i]);
            }
        }
    }

    private static int cell(FlopsAxis axis, double flops, int width) {
        return (int) Math.floor(axis.place(flops) * (width - 1));
    }

    private static String ticks(FlopsAxis axis, int perDecade) {
        StringBuilder ticks = new StringBuilder();
        for (int exponent = axis.low(); exponent <= axis.high(); exponent++) {
            ticks.append(" ".repeat((exponent - axis.low()) * perDecade - ticks.length()))
                    .append("1e")
                    .append(exponent);
        }
        return ticks.toString();
    }

    private static char[] blank(int width) {
        char[] cells = new char[width];
        Arrays.fill(cells, ' ');
        return cells;
    }

    private static String row(String name, String cells, int width, String models) {
        return String.format("%-" + NAME + "s%-" + (width + TICK) + "s%8s", name, cells, models);
    }
}
