package io.plumbline.runs;

/** What every part of the run coordinator stands on. */
record RunContext(Jobs jobs, StateStore state, Timers timers, RunOutput output, RunMeters meters) {}
