/** What a change did online: lifts of controlled experiments, off-policy estimates of logged choices; docs/experiments.md. */
package dev.smt.experiment;
