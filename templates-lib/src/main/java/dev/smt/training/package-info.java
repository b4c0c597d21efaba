/** Training one model from a specification (paper, section 3.2.1). */
package dev.smt.training;
