/** What executors are told, and the device that Spark gives their tasks: docs/cluster.md, docs/gpus.md. */
package dev.smt.jobs.executor;
