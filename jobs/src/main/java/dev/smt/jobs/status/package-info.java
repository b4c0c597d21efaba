/** What runs, and how far it is, by what the tables say. */
package dev.smt.jobs.status;
