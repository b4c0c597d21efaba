package dev.smt.jobs.coverage;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.coverage.FleetCoverage.Assignment;
import dev.smt.nn.Paradigm;
import dev.smt.template.TemplateCatalog;
import java.util.List;
import java.util.Locale;

/** The bands of Fig. 3 as one SVG file that needs nothing else: a row per template, a dot per model. */
public final class CoverageDrawing {
    private static final int WIDTH = 960;
    private static final int LEFT = 240;
    private static final int RIGHT = 80;
    private static final int TOP = 84;
    private static final int ROW = 56;
    private static final int BAND = 40;
    private static final int BOTTOM = 56;
    private static final double DOT = 4;
    private static final String TWO_TOWERS = "#2a9d8f";
    private static final String ONE_TOWER = "#3d5a98";
    private static final String NONE = "#b23a48";

    private final FleetCoverage coverage;
    private final FlopsAxis axis;
    private final StringBuilder svg = new StringBuilder();

    private CoverageDrawing(FleetCoverage coverage) {
        this.coverage = coverage;
        this.axis = FlopsAxis.of(coverage);
    }

    /** The file's text. */
    public static String svg(FleetCoverage coverage) {
        return new CoverageDrawing(coverage).draw();
    }

    private String draw() {
        List<TemplateBand> bands = coverage.bands().bands();
        List<Assignment> unassigned = coverage.unassigned();
        int rows = bands.size() + (unassigned.isEmpty() ? 0 : 1);
        int height = TOP + rows * ROW + BOTTOM;
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">",
                WIDTH, height, WIDTH, height);
        line("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", WIDTH, height);
        line("<text x=\"16\" y=\"28\" font-size=\"17\" font-weight=\"bold\">Which template serves which model</text>");
        line(
                "<text x=\"16\" y=\"50\" fill=\"#555\">%d models: %d have one template each, %d have none, %d are"
                        + " configured with another one</text>",
                coverage.assignments().size(),
                coverage.assignments().size() - unassigned.size(),
                unassigned.size(),
                coverage.differing().size());
        grid(rows);
        for (int i = 0; i < bands.size(); i++) {
            band(bands.get(i), TOP + i * ROW);
        }
        if (!unassigned.isEmpty()) {
            int top = TOP + bands.size() * ROW;
            label("no template", "in no band", unassigned.size(), top);
            dots(unassigned.stream().map(Assignment::model).toList(), NONE, top);
        }
        line("</svg>");
        return svg.toString();
    }

    private void grid(int rows) {
        int bottom = TOP + rows * ROW;
        for (int exponent = axis.low(); exponent <= axis.high(); exponent++) {
            double x = x(Math.pow(10, exponent));
            line("<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#ddd\"/>", x, TOP - 6, x, bottom);
            line(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">10<tspan dy=\"-5\" font-size=\"9\">%d"
                            + "</tspan></text>",
                    x, bottom + 20, exponent);
        }
        line(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">inference FLOPs per example</text>",
                (LEFT + WIDTH - RIGHT) / 2, bottom + 42);
        line("<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#555\">models</text>", WIDTH - 16, TOP - 12);
    }

    private void band(TemplateBand band, int top) {
        String color = TemplateCatalog.named(band.template()).architecture().paradigm() == Paradigm.SPARSE_NN
                ? ONE_TOWER
                : TWO_TOWERS;
        double from = band.flopsFrom() == 0 ? LEFT : x(band.flopsFrom());
        double to = x(band.flopsTo());
        line(
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"4\" fill=\"%s\" fill-opacity=\"0.18\""
                        + " stroke=\"%s\"/>",
                from, top + (ROW - BAND) / 2, to - from, BAND, color, color);
        List<FleetModel> models = coverage.models(band.template());
        label(band.template(), band.place(), models.size(), top);
        dots(models, color, top);
    }

    private void label(String name, String place, int models, int top) {
        line("<text x=\"16\" y=\"%d\" font-weight=\"bold\">%s</text>", top + 26, escaped(name));
        line("<text x=\"16\" y=\"%d\" font-size=\"11\" fill=\"#555\">%s</text>", top + 42, escaped(place));
        line(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" font-weight=\"bold\">%d</text>",
                WIDTH - 16, top + 33, models);
    }

    /** Dots of about the same FLOPs are spread over the row's height, by their order. */
    private void dots(List<FleetModel> models, String color, int top) {
        int lanes = 4;
        for (int i = 0; i < models.size(); i++) {
            FleetModel model = models.get(i);
            double y = top + ROW / 2.0 + (i % lanes - (lanes - 1) / 2.0) * (BAND - 2 * DOT - 4) / (lanes - 1);
            line(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" fill-opacity=\"0.7\"><title>%s (%s)</title>"
                            + "</circle>",
                    x(model.flops()), y, DOT, color, escaped(model.id()), escaped(CoverageChart.attributes(model)));
        }
    }

    private double x(double flops) {
        return LEFT + axis.place(flops) * (WIDTH - LEFT - RIGHT);
    }

    private void line(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
