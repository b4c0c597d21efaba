/** Clusters of models, representatives and holdout (paper, section 3.3.1). */
package dev.smt.jobs.representative;
