/** The two networks made of these parts: SparseNN and Decoupled SparseNN (paper, Table 1). */
package dev.smt.nn.network;
