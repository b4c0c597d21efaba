package dev.smt.jobs.jdbc;

import dev.smt.jobs.table.Warehouse;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all connections share.
 *
 * @param warehouse that is read
 * @param catalog its tables
 * @param clients who may connect, and how
 * @param queries where queries run
 * @param clock ends queries after their client's limit
 */
record ConnectionContext(
        Warehouse warehouse,
        Catalog catalog,
        JdbcServer.Clients clients,
        Executor queries,
        ScheduledExecutorService clock) {}
