/** Encoded columnar examples and the data template (paper, section 3.2.1). */
package dev.smt.data;
