/** Configuration: HOCON, parsed once at the edge into records. */
package dev.smt.jobs.config;
