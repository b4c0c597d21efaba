/** Features, their importance, and the top-K feature template (paper, section 3.2.1). */
package dev.smt.feature;
