/** Accepted techniques become a new template version. */
package dev.smt.jobs.integration;
