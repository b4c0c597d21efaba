/** Which template serves each model of the fleet, by stage, FLOPs and hardware (paper, section 3.2.1, Fig. 3). */
package dev.smt.jobs.coverage;
