/** Towers: perceptrons, and the way from features to one vector. */
package dev.smt.nn.tower;
