/** A synthetic fleet of which everything is known, by which systems that tune techniques on fleets are scored. */
package dev.smt.benchmark;
