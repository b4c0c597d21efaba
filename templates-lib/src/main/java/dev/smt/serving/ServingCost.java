package dev.smt.serving;

import java.io.Serializable;

/**
 * What serving costs.
 *
 * @param flops floating-point operations of one example's forward pass (a multiply-add counts 2)
 * @param parameterBytes all parameters in fp32, embedding tables included
 */
public record ServingCost(double flops, double parameterBytes) implements Serializable {}
