/** How a training is spread over devices: strategies, tables' placement, counted memory and traffic, and a planner. */
package dev.smt.training.sharding;
