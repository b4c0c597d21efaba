/** The Delta tables: schema, to row, from row. */
package dev.smt.jobs.table;
