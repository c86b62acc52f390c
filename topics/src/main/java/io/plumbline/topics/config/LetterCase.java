package io.plumbline.topics.config;

/** The case that text is folded to. */
public enum LetterCase {
    LOWER,
    UPPER
}
