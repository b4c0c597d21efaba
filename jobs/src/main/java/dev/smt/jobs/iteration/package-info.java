/** Every model rebuilt from the latest template version (paper, section 3.4). */
package dev.smt.jobs.iteration;
