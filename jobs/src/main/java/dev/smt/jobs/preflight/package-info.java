/** Whether the executors can do the work, found out in seconds, before it begins: docs/cluster.md. */
package dev.smt.jobs.preflight;
