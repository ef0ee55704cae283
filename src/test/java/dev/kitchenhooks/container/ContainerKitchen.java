package dev.kitchenhooks.container;

import dev.kitchenhooks.testkit.DockerEngine;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A kitchen with one node and one hook in a container, {@code h}, and the engine that it is for.
 */
final class ContainerKitchen {
  static final String NODE = "a.example.com";
  private static final int LIMIT_SECONDS = 60;

  final DockerEngine engine;
  final KitchenBuilder kitchen;

  ContainerKitchen(DockerEngine engine, Path directory) {
    this.engine = engine;
    this.kitchen = KitchenBuilder.in(directory).node(NODE);
  }

  Path directory() {
    return kitchen.directory();
  }

  /** {@code more} goes into the definition, {@code container} is its container. */
  ContainerKitchen hook(String more, String container) {
    kitchen.hookDef(
        "h.json",
        """
        {"name": "h", "type": ["node_predeployhook", "node_postdeployhook"], %s
         "container": {%s}}
        """
            .formatted(more, container));
    return this;
  }

  /** A hook of the image that runs this script of the kitchen. */
  ContainerKitchen script(String more, String container, String... lines) {
    kitchen.script("h", lines);
    return hook("\"exec\": \"h\", " + more, "\"image\": \"tiny\"" + container);
  }

  /**
   * The kitchen calls the engine by a program of its own, which runs these lines of shell first and
   * knows where the engine is: also where no variable says it.
   */
  ContainerKitchen wrapper(String... lines) {
    var script = new ArrayList<String>(List.of("#!/bin/sh"));
    script.addAll(List.of(lines));
    script.add("DOCKER_HOST='" + engine.host() + "' exec docker \"$@\"");
    kitchen.executable("engine", script.toArray(String[]::new));
    kitchen.cfg("[hooks]", "container_engine = " + directory().resolve("engine"));
    return this;
  }

  /** Runs the hook by hand. */
  FixResult run(String... options) {
    return fix(handRun(options));
  }

  private static String[] handRun(String... options) {
    var words = new ArrayList<>(List.of("hooks", "run", "h", "--node", NODE));
    words.addAll(List.of(options));
    return words.toArray(String[]::new);
  }

  FixResult fix(String... words) {
    return FixCommand.in(kitchen).with("DOCKER_HOST", engine.host()).run(words);
  }

  CompletableFuture<FixResult> runMeanwhile() {
    return CompletableFuture.supplyAsync(this::run, Thread::startVirtualThread);
  }

  /** The same in a process of its own; needs the {@link #wrapper}. */
  FixProcess start(Path scratch) throws IOException {
    return FixProcess.start(directory(), scratch, handRun());
  }

  /** A hook says that it is there by {@code echo > /kitchen/ready}, if it may write there. */
  CompletableFuture<String> ready() throws IOException {
    Path fifo = directory().resolve("ready");
    Files.deleteIfExists(fifo);
    SshKeys.run(List.of("mkfifo", fifo.toString()));
    var said = new CompletableFuture<String>();
    // A platform thread, since opening the pipe blocks.
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            said.complete(Files.readString(fifo));
          } catch (IOException e) {
            said.completeExceptionally(e);
          }
        });
    return said.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  List<String> containers() throws IOException {
    return engine.containers(directory());
  }

  List<String> running() throws IOException {
    return engine.running(directory());
  }
}
