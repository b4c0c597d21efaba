/** Validation of accepted techniques on held-out models. */
package dev.smt.jobs.holdout;
