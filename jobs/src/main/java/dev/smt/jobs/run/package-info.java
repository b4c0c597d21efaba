/** Runs of steps: their keys, their state in the runs table, progress. */
package dev.smt.jobs.run;
