package dev.smt.jobs.report;

import dev.smt.jobs.table.Warehouse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the report of a warehouse. */
public final class Report {
    private Report() {}

    /**
     * The report, one HTML text, of what is in the warehouse now.
     *
     * @param name of what it reports on, for its title
     * @param command that a reader adds a query to: {@code smt sql --conf FILE}
     * @param version of the program
     */
    public static String html(Warehouse warehouse, String name, String command, String version, Instant now) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("name", name);
        about.put("warehouse", warehouse.location());
        about.put("made", now.toString());
        about.put("version", version);
        about.put("command", command);
        return ReportPage.html("SMT: " + name, ReportData.read(warehouse, ReportQueries.all(), about));
    }
}
