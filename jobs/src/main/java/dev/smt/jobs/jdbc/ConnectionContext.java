package dev.smt.jobs.jdbc;

import dev.smt.jobs.table.Warehouse;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all connections share.
 *
 * @param warehouse that is read
 * @param catalog its tables
 * @param passwords who may connect
 * @param tls how they are encrypted
 * @param queries where queries run
 * @param clock ends queries after their client's limit
 * @param longestIdle after which a connection without a call is closed
 */
record ConnectionContext(
        Warehouse warehouse,
        Catalog catalog,
        Passwords passwords,
        Tls tls,
        Executor queries,
        ScheduledExecutorService clock,
        Duration longestIdle) {}
