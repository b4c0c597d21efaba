/** Who does a piece of work that only one process may do: docs/cluster.md. */
package dev.smt.jobs.lease;
