/** The network: specification and DJL blocks (paper, Fig. 2). */
package dev.smt.nn;
