/** The Standard Model Template Spark application. */
package dev.smt.jobs;
