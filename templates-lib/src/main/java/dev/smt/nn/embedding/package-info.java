/** Embedding tables in JVM memory: lookup, sparse gradient, optimizers. */
package dev.smt.nn.embedding;
