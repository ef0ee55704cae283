package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * Something of a kitchen that is listed by its name: an environment, a plugin.
 *
 * @param description empty where it has none
 * @param problems what is wrong with it
 */
public record Listed(String name, Optional<String> description, List<Problem> problems) {}
