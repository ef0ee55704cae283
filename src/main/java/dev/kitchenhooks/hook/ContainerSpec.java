package dev.kitchenhooks.hook;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The container that a hook runs in.
 *
 * @param source what it is made from
 * @param writable whether the kitchen at {@code /kitchen} may be written to
 * @param user {@code name|uid[:group|gid]}; empty: the image's
 * @param network the engine's word for it; empty: the engine's default
 * @param memory a limit as the engine takes it, e.g. {@code 256m}
 * @param cpus a limit in cores
 * @param pids a limit of processes
 * @param cleanup when a container of this hook is removed
 */
public record ContainerSpec(
    Source source,
    boolean writable,
    Optional<String> user,
    Optional<String> network,
    Optional<String> memory,
    OptionalDouble cpus,
    OptionalInt pids,
    Set<Cleanup> cleanup) {

  /** What a container is made from. */
  public sealed interface Source {
    /** As the definition has it. */
    default String text() {
      return switch (this) {
        case Image(String reference) -> reference;
        case Dockerfile(String path) -> path;
      };
    }

    /** An image that the engine has or can pull. */
    record Image(String reference) implements Source {}

    /**
     * An image that is built first; its context is the directory of the file.
     *
     * @param path relative to {@code hooks/}, or to the plugin's directory
     */
    record Dockerfile(String path) implements Source {}
  }

  /** When a container is removed. */
  public enum Cleanup {
    /** After the hook succeeded. */
    SUCCEEDED,
    /** After it failed. */
    FAILED,
    /** What an earlier run left is removed before a new one is made. */
    BEFORE
  }
}
