package dev.smt.training;

/**
 * What one of two towers says of some rows.
 *
 * @param rows number of rows
 * @param vectors [rows, E, D], flat: factors of the dot products
 * @param linear [rows, E], flat: terms of the logits
 */
record SideOutputs(int rows, float[] vectors, float[] linear) {}
