package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.NodeAttributes;
import dev.kitchenhooks.kitchen.NodeFacts;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node of the kitchen with all its attributes.
 *
 * @param facts what its run list expands to
 * @param json its file, as it is
 * @param attributes its own, and those that it gets
 */
public record NodeDocument(NodeFacts facts, ObjectNode json, NodeAttributes attributes) {}
