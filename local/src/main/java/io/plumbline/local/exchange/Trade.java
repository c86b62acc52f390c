package io.plumbline.local.exchange;

import java.math.BigDecimal;

/** One trade; {@code time} in epoch milliseconds. */
public record Trade(long time, BigDecimal price, BigDecimal amount) {}
