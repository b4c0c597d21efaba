/** The report: one HTML file of charts and tables that needs nothing else; docs/report.md. */
package dev.smt.jobs.report;
