/** Search spaces and values of hyperparameters. */
package dev.smt.search;
