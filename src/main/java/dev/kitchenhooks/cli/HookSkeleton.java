package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.Moment;
import dev.kitchenhooks.hook.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The program that a new hook starts from: it says what it gets, and what its end means. */
final class HookSkeleton {
  /** What it can be written in. */
  enum Language {
    sh("#!/bin/sh"),
    bash("#!/usr/bin/env bash"),
    python("#!/usr/bin/env python3"),
    ruby("#!/usr/bin/env ruby");

    private final String firstLine;

    Language(String firstLine) {
      this.firstLine = firstLine;
    }

    static Optional<Language> of(String word) {
      return Arrays.stream(values()).filter(l -> l.name().equals(word)).findFirst();
    }
  }

  private final String program;
  private final String description;
  private final List<HookType> types;

  HookSkeleton(String program, String description, List<HookType> types) {
    this.program = program;
    this.description = description;
    this.types = types;
  }

  /** The whole file. */
  String in(Language language) {
    String comment = head().stream().map(l -> ("# " + l).strip()).collect(Collectors.joining("\n"));
    return language.firstLine + "\n" + comment + "\n" + body(language);
  }

  private List<String> head() {
    var lines = new ArrayList<String>();
    lines.addAll(
        description.isEmpty()
            ? List.of("What this hook is for: say it here.")
            : description.lines().toList());
    lines.add("");
    for (HookType type : types) {
      lines.add("%s: %s %s".formatted(type.id(), program, arguments(type)));
      lines.add("  " + whatItsEndMeans(type));
    }
    lines.add("");
    lines.add(
        "FIX_HOOK_TYPE, FIX_NODE, FIX_ROLES, FIX_CHEF_ENVIRONMENT, FIX_RUN_ID and others say");
    lines.add(
        "more; FIX_CONTEXT is a JSON file with all of it. FIX_DRY_RUN is 1 in a --why-run run.");
    lines.add("Lines key=value written to the file FIX_OUTPUT reach later hooks as FIX_OUT_key.");
    return lines;
  }

  private static String arguments(HookType type) {
    if (type.scope() == Scope.APP) {
      return "APP ENV VERSION COMPOSE_FILE TARGET_DIR";
    }
    String nodes = type.scope() == Scope.NODE ? "FQDN" : "FQDN...";
    return isPost(type) ? "RC " + nodes : nodes;
  }

  private static boolean isPost(HookType type) {
    return type.scope() != Scope.USER && type.moment() == Moment.POST;
  }

  private static String whatItsEndMeans(HookType type) {
    return switch (type.scope()) {
      case USER -> "only by hand; its exit code is that of fix hooks run";
      case APP ->
          isPost(type)
              ? "after the application's deploy, if that was well; a failure aborts the run"
              : "before the application's deploy; what it makes of COMPOSE_FILE is deployed;"
                  + " a failure skips it";
      case GLOBAL ->
          isPost(type)
              ? "after the last node; its exit code becomes the run's, unless \"required\" is false"
              : "before any node; a failure ends the run";
      case NODE ->
          isPost(type)
              ? "after the node's deploy, which returned RC; a failure aborts the run"
              : "before the node's deploy; a failure skips the node, 75 does so without being one";
    };
  }

  private String body(Language language) {
    boolean post = types.stream().anyMatch(HookSkeleton::isPost);
    return switch (language) {
      case sh, bash -> shell(language, post);
      case python ->
          """

          import os
          import sys


          def main() -> int:
              nodes = sys.argv[1:]
          %s    print(f"{os.environ['FIX_HOOK_NAME']}: {' '.join(nodes)}")
              return 0


          sys.exit(main())
          """
              .formatted(
                  post
                      ? "    code = os.environ.get(\"FIX_RETURN_CODE\")\n    if code is not None:\n        nodes = nodes[1:]\n        print(f\"the return code is {code}\")\n"
                      : "");
      case ruby ->
          """

          nodes = ARGV.dup
          %sputs "#{ENV.fetch('FIX_HOOK_NAME')}: #{nodes.join(' ')}"
          """
              .formatted(
                  post
                      ? "if ENV.key?('FIX_RETURN_CODE')\n  code = nodes.shift\n  puts \"the return code is #{code}\"\nend\n"
                      : "");
    };
  }

  private static String shell(Language language, boolean post) {
    String strict = language == Language.bash ? "set -euo pipefail" : "set -eu";
    String code =
        post
            ? """
            if [ -n "${FIX_RETURN_CODE:-}" ]; then
              code=$1
              shift
              echo "the return code is $code"
            fi
            """
            : "";
    return strict + "\n\n" + code + "for node; do\n  echo \"$FIX_HOOK_NAME: $node\"\ndone\n";
  }
}
