package dev.smt.jobs.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page around the report's data: style, scripts and the chart library, all in one text. */
final class ReportPage {
    private static final List<String> SCRIPTS = List.of(
            "data.js",
            "view.js",
            "charts.js",
            "summary.js",
            "fleet.js",
            "techniques.js",
            "technique.js",
            "models.js",
            "study.js",
            "report.js");

    private static final Pattern PLACE = Pattern.compile("\\[\\[(\\w+)]]");

    private ReportPage() {}

    /** @param title text, of whatever characters */
    static String html(String title, ObjectNode data) {
        Map<String, String> parts = Map.of(
                "title", escaped(title),
                "style", resource("style.css"),
                "charts", resource("echarts.min.js"),
                "scripts", SCRIPTS.stream().map(ReportPage::resource).collect(Collectors.joining("\n")),
                "data", insideScript(data.toString()));
        return PLACE.matcher(resource("page.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    /** JSON that can't end the element that it stands in: "less than" is in its texts only, where it may be written so. */
    private static String insideScript(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String resource(String name) {
        try (InputStream stream = ReportPage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the program lacks its resource " + name + "; build it again");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
