/** Models of the fleet and their six attributes (paper, section 3.3.1). */
package dev.smt.fleet;
