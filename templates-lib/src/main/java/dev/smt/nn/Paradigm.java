package dev.smt.nn;

/** Single tower (SparseNN, final stage ranking) or two towers (Decoupled SparseNN, early stages); paper, Table 1. */
public enum Paradigm {
    SPARSE_NN,
    DECOUPLED_SPARSE_NN
}
