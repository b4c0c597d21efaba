/** Which parameters to expose (paper, Eq. 7). */
package dev.smt.jobs.sensitivity;
