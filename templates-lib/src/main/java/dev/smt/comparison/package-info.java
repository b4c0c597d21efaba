/** Two ways of working on the same models, compared: the hypotheses of the paper, section 4. */
package dev.smt.comparison;
