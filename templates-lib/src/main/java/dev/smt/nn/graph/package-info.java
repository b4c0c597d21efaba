/** Where a network's gradients are known better than the engine's automatic differentiation finds them. */
package dev.smt.nn.graph;
