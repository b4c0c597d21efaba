package dev.smt.training;

import ai.djl.ndarray.NDManager;
import dev.smt.nn.network.RankingNetwork;

/**
 * What the dense part of a device is made of.
 *
 * @param device its number
 * @param network without memory for its parameters
 * @param leaves gives the network its parameters
 * @param manager owns what lives as long as the device
 */
record DeviceParts(int device, RankingNetwork network, LeafStore leaves, DenseLayout layout, NDManager manager) {}
