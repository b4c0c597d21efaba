/** Studies of the machinery itself: what it accepts when there is nothing, and what it can find. */
package dev.smt.jobs.study;
