/** The command line. */
package dev.smt.jobs.cli;
