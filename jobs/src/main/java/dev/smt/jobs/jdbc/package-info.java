/** Result tables for tools that speak JDBC: the protocol of Hive's drivers in front of the gate for SQL. */
package dev.smt.jobs.jdbc;
