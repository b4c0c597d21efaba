/** Optimizers of the dense parameters, learning rate schedules, and what of both a template sets. */
package dev.smt.training.optimizer;
