package dev.kitchenhooks.hook;

import dev.kitchenhooks.kitchen.NodeFacts;
import java.util.List;
import java.util.Set;

/**
 * What a kitchen has, for checking that filters name things that exist.
 *
 * @param roles the names of its roles
 * @param environments the names of its environments
 * @param nodes its nodes, as far as they could be read
 */
public record KitchenNames(Set<String> roles, Set<String> environments, List<NodeFacts> nodes) {}
