package dev.smt.training;

import dev.smt.training.sharding.DeviceTraffic;

/**
 * Which device it is, and what it receives from others.
 *
 * @param device from 0
 */
record DeviceNumber(int device, DeviceTraffic traffic) {}
