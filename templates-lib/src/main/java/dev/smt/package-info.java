/** The Standard Model Template library. */
package dev.smt;
