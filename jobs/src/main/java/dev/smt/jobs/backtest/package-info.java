/** The new version against the old one. */
package dev.smt.jobs.backtest;
