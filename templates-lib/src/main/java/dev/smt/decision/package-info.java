/** Whether a technique is good enough: what its deltas say once their errors are taken seriously. */
package dev.smt.decision;
