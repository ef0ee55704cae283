package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cookbook, by its {@code metadata.json}, else by what can be read of its {@code metadata.rb}.
 *
 * @param name its metadata's, else its directory's
 * @param place its directory, as shown to a person
 * @param version as written
 * @param description one line
 * @param dependencies the cookbooks that it depends on, each with its constraint, which may be
 *     empty
 * @param attributes what its metadata declares, as {@code nginx/dir}
 * @param defaults the defaults of these; not to be changed
 * @param recipes all that it has, each with its description, which may be empty; the default recipe
 *     goes by the cookbook's name
 * @param problems what is wrong with its metadata
 */
public record Cookbook(
    String name,
    String place,
    Optional<String> version,
    Optional<String> description,
    SortedMap<String, String> dependencies,
    SortedSet<String> attributes,
    ObjectNode defaults,
    SortedMap<String, String> recipes,
    List<Problem> problems) {}
