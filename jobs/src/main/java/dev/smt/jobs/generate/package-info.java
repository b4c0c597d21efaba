/** The synthetic ad world, with its planted truth. */
package dev.smt.jobs.generate;
