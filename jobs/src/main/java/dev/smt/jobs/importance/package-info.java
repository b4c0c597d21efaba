/** Feature importance, and the top-K selection. */
package dev.smt.jobs.importance;
