package dev.smt.jobs.report;

/**
 * A table of the report's data.
 *
 * @param name by which the report's scripts know it
 * @param sql over the tables and views of the warehouse; readers see it
 */
record ReportQuery(String name, String sql) {
    ReportQuery {
        if (name.isBlank() || sql.isBlank()) {
            throw new IllegalArgumentException("a query of the report without name or text: " + name);
        }
    }
}
