package dev.kitchenhooks.kitchen;

import java.nio.file.Path;

/**
 * A directory of cookbooks.
 *
 * @param name what it is called on a node, below the work path
 * @param directory where it lies here, absolute; it may not exist
 */
public record CookbookFolder(String name, Path directory) {}
