package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.Problem;
import java.util.List;
import java.util.SortedSet;

/**
 * What a run list comes to.
 *
 * @param roles every role, nested ones included
 * @param recipes every recipe, those of the roles included
 * @param rolesInOrder the same roles as Chef applies them: in run list order, the roles of a role
 *     before it
 * @param recipesInOrder the same recipes in run list order
 * @param missing entries of the run list itself that name roles which do not exist
 * @param problems what is wrong with the roles that it leads to
 */
record Expansion(
    SortedSet<String> roles,
    SortedSet<String> recipes,
    List<String> rolesInOrder,
    List<String> recipesInOrder,
    List<RunListEntry> missing,
    List<Problem> problems) {}
