package dev.kitchenhooks.kitchen;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What is known of a node once its run list is expanded: all that orders and hook filters look at.
 *
 * @param fqdn the name of the node: its file's name without {@code .json}
 * @param environment its {@code chef_environment}; {@code _default} where none is set
 * @param roles every role of its run list, nested ones included
 * @param recipes every recipe of its run list, those of its roles included; {@code nginx::default}
 *     stands as {@code nginx}
 * @param tags its tags
 * @param platform its {@code platform}, if the node file or its automatic attributes name one
 * @param dummy listed but never configured: {@code "dummy": true} or the tag {@code dummy}
 * @param runList the run list as the node file has it
 */
public record NodeFacts(
    String fqdn,
    String environment,
    SortedSet<String> roles,
    SortedSet<String> recipes,
    SortedSet<String> tags,
    Optional<String> platform,
    boolean dummy,
    List<String> runList) {}
