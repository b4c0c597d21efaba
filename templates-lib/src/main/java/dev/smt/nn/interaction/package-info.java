/** Feature interactions: [B, F, D] to [B, W]; one block for each kind of {@link dev.smt.nn.Interaction}. */
package dev.smt.nn.interaction;
