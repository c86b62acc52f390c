package io.plumbline.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Answers a batch of commands as a whole; where that throws, in halves, down to the single command that fails for a
 * reason of its own. So one bad command costs a few more round trips and harms no other. What is done as a whole has to
 * be repeatable.
 *
 * @param whole answers commands in the same order
 * @param failed the answer to a command that fails on its own
 */
public record Halving<C, A>(Function<List<C>, List<A>> whole, BiFunction<C, RuntimeException, A> failed) {

    public List<A> answer(List<C> commands) {
        List<A> answers = new ArrayList<>(commands.size());
        answer(commands, answers);
        return answers;
    }

    private void answer(List<C> commands, List<A> answers) {
        try {
            answers.addAll(whole.apply(commands));
        } catch (RuntimeException failure) {
            if (Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            if (commands.size() == 1) {
                answers.add(failed.apply(commands.getFirst(), failure));
                return;
            }
            int half = commands.size() / 2;
            answer(commands.subList(0, half), answers);
            answer(commands.subList(half, commands.size()), answers);
        }
    }
}
