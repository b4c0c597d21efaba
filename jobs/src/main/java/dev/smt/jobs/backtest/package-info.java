/** The new version against the old one, and which of its techniques are to blame where it fails. */
package dev.smt.jobs.backtest;
