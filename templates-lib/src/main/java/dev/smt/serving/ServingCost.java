package dev.smt.serving;

import java.io.Serializable;

/**
 * What serving costs.
 *
 * @param flops floating-point operations of one example's forward pass (a multiply-add counts 2)
 * @param parameterBytes all parameters that are served, embedding tables included
 * @param embeddingBytesRead bytes of the embedding rows that one example reads, with sequences at their longest: what
 *     the forward pass asks of the memory that holds the tables
 */
public record ServingCost(double flops, double parameterBytes, double embeddingBytesRead) implements Serializable {}
