package io.plumbline.repairer;

import io.plumbline.stores.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every call to a store passes here before and after its effect, so that a test can make something happen there. */
final class Steps {

    /** Stands for SIGKILL: nothing catches it. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash(String where) {
            super(where);
        }
    }

    /** What a test makes happen at a step. */
    @FunctionalInterface
    interface Hook {
        void at(int number, String step);
    }

    final List<String> passed = new ArrayList<>();
    private @Nullable Hook hook;

    void pass(String step) {
        passed.add(step);
        if (hook != null) {
            hook.at(passed.size(), step);
        }
    }

    void at(@Nullable Hook newHook) {
        hook = newHook;
        passed.clear();
    }

    void runAt(String step, Runnable action) {
        at((number, name) -> {
            if (name.equals(step)) {
                hook = null;
                action.run();
            }
        });
    }

    void crashAt(int step) {
        at((number, name) -> {
            if (number == step) {
                hook = null;
                throw new Crash(name);
            }
        });
    }

    void awayAt(String prefix) {
        at((number, name) -> {
            if (name.startsWith(prefix)) {
                throw new StoreUnavailableException(prefix, new IOException("connection refused"));
            }
        });
    }
}
