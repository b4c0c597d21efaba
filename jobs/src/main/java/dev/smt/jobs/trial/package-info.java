/** Trial models: plan, fan-out to executors, ledger. */
package dev.smt.jobs.trial;
