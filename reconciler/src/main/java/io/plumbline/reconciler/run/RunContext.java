package io.plumbline.reconciler.run;

import io.plumbline.topics.config.PlumblineConfig;

/** What every part of the run coordinator stands on. */
record RunContext(PlumblineConfig config, StateStore state, Timers timers, RunOutput output, RunMeters meters) {}
