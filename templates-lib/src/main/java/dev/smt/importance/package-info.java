/** How much models rely on their features (paper, section 3.2.1, Feature Template): what the top K of each type are chosen by. */
package dev.smt.importance;
