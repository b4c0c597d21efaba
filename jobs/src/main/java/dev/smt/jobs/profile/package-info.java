/** What a user's data looks like, what its columns may be, and the configuration that is proposed for it. */
package dev.smt.jobs.profile;
