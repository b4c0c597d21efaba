/** Techniques: pure functions from template to template (paper, section 3.3.2). */
package dev.smt.technique;
