package io.plumbline.reconciler.cases;

/**
 * When and where an input is processed.
 *
 * @param now the stream's time in milliseconds: never before what it saw last
 * @param recorded the input record's own time in milliseconds
 * @param id unique per input record: the id of a case that it opens
 */
record Moment(long now, long recorded, String id) {}
