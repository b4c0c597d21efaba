/** Prediction heads: from a tower's output to the logit. */
package dev.smt.nn.head;
