/** Feature interactions: dot products of pairs, cross network. */
package dev.smt.nn.interaction;
