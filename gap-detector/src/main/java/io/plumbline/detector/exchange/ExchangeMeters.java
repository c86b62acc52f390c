package io.plumbline.detector.exchange;

import io.plumbline.topics.record.Gap;

/** Told of what is worth measuring about gaps. */
public interface ExchangeMeters {

    ExchangeMeters NONE = new ExchangeMeters() {
        @Override
        public void openGapsChanged(int by) {
            // nobody looks
        }

        @Override
        public void closed(Gap gap) {
            // nor here
        }

        @Override
        public void asked(boolean exchange) {
            // nor here
        }
    };

    /** Gaps were opened or closed, or came with a task or left with it. */
    void openGapsChanged(int by);

    /** A gap was closed, as it says. */
    void closed(Gap gap);

    /**
     * Something was asked for.
     *
     * @param exchange whether of the exchange; otherwise what the series held was to be written
     */
    void asked(boolean exchange);
}
