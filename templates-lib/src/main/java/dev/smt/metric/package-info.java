/** Losses, normalized entropy, paired deltas, and the fleet's objective (paper, Eq. 1 to 4). */
package dev.smt.metric;
