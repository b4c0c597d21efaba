/** What a cycle would train, before it does. */
package dev.smt.jobs.plan;
