/** Sequences of ids, pooled into one vector. */
package dev.smt.nn.sequence;
