/** The file of a trained model: what it was made of, and all that scoring needs. */
package dev.smt.model;
