/** Templates, their versions, and models instantiated from them (paper, section 3.2). */
package dev.smt.template;
