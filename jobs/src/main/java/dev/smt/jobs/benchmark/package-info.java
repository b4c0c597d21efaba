/** The synthetic fleet whose truth is known, run through the machinery of a study and scored. */
package dev.smt.jobs.benchmark;
