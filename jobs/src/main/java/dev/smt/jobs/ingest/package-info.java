/** From raw logs to encoded examples and the fleet's table. */
package dev.smt.jobs.ingest;
