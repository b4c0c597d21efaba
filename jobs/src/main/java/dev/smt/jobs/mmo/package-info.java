/** Multi-Model Optimization (paper, Algorithm 1). */
package dev.smt.jobs.mmo;
