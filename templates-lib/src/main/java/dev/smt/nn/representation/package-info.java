/** How features become vectors: what is fitted on training rows, and the modules with dense parameters. */
package dev.smt.nn.representation;
