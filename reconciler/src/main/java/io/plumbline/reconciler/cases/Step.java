package io.plumbline.reconciler.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transition's result: the case as it is now ({@code null}: there is none any more) and what to send. */
record Step(@Nullable Case state, List<Effect> effects) {}
