/** The published template versions of a warehouse. */
package dev.smt.jobs.catalog;
