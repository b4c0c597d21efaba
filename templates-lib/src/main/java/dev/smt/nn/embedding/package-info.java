/** Embedding tables in JVM memory: lookup, sparse gradient, row-wise AdaGrad. */
package dev.smt.nn.embedding;
