package dev.kitchenhooks.cli;

import java.util.List;

/**
 * That a run repeats a part of an earlier one.
 *
 * @param run the earlier one's id
 * @param text what the operator typed after {@code fix}, for people
 * @param words what the earlier one was asked for with, options that were changed among them: what
 *     this one in turn is repeated by
 */
record Repeat(String run, String text, List<String> words) {}
