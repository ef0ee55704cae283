package dev.kitchenhooks.rules;

import java.util.List;

/**
 * The rules' answer to what happened.
 *
 * @param state the state from now on
 * @param actions what to do now, in this order; often nothing
 */
public record Decision(RunState state, List<Action> actions) {}
