/** Where a network can be taken apart: the layers whose parameters are needed together. */
package dev.smt.nn.layer;
