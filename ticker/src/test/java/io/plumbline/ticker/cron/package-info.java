@NullMarked
package io.plumbline.ticker.cron;

import org.jspecify.annotations.NullMarked;
