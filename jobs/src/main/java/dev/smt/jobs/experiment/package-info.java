/** Reads the rows of experiments and of logged choices, and says what a change did online; docs/experiments.md. */
package dev.smt.jobs.experiment;
