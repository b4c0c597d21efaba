/** Trained models leave the trials: exported into files, and scored from them in batches. */
package dev.smt.jobs.scoring;
