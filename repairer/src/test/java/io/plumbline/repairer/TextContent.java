package io.plumbline.repairer;

import io.plumbline.stores.Content;

/** Content that is one text. */
record TextContent(String text) implements Content {

    @Override
    public String digest() {
        return "digest of " + text;
    }

    @Override
    public String json() {
        return text;
    }
}
