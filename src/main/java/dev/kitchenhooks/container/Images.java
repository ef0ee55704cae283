package dev.kitchenhooks.container;

import dev.kitchenhooks.hook.ContainerSpec.Source;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The images of a run's hooks: each is pulled or built once, however many hooks wait for it at the
 * same time. What failed is tried again by whoever comes later.
 */
final class Images {
  /** For a pull or a build: what takes longer is stuck. It is no part of a hook's own time. */
  static final Duration LIMIT = Duration.ofMinutes(30);

  private final Engine engine;
  private final Map<Key, CompletableFuture<Image>> images = new ConcurrentHashMap<>();

  /**
   * An image that the engine has.
   *
   * @param reference what to call it
   * @param entrypoint its own program; empty: the command is all
   * @param command its own arguments
   */
  record Image(String reference, List<String> entrypoint, List<String> command) {}

  /** The same Dockerfile has another meaning in another plugin. */
  private record Key(Source source, Path base) {}

  Images(Engine engine) {
    this.engine = engine;
  }

  /**
   * The image of a source.
   *
   * @param base the directory that a Dockerfile's path is relative to
   * @param output is told when something has to be waited for
   * @throws EngineFault if it cannot be had
   */
  Image get(Source source, Path base, LineSink output, StopRequest stop) throws EngineFault {
    while (true) {
      var ours = new CompletableFuture<Image>();
      CompletableFuture<Image> theirs = images.putIfAbsent(new Key(source, base), ours);
      if (theirs == null) {
        return obtain(source, base, output, stop, ours);
      }
      try {
        return theirs.join();
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof EngineFault fault)) {
          throw e;
        }
        if (!fault.isStop() || stop.level() != StopRequest.Level.NONE) {
          throw fault;
        }
        // Who was told to stop is another hook: this one still wants its image.
      }
    }
  }

  private Image obtain(
      Source source, Path base, LineSink output, StopRequest stop, CompletableFuture<Image> promise)
      throws EngineFault {
    try {
      Image image =
          switch (source) {
            case Source.Image(String reference) -> pulled(reference, output, stop);
            case Source.Dockerfile(String path) -> built(base.resolve(path), path, output, stop);
          };
      promise.complete(image);
      return image;
    } catch (EngineFault | RuntimeException e) {
      images.remove(new Key(source, base), promise);
      promise.completeExceptionally(e);
      throw e;
    }
  }

  private Image pulled(String reference, LineSink output, StopRequest stop) throws EngineFault {
    Image there = inspect(reference);
    if (there != null) {
      return there;
    }
    output.line("%s: pulling %s".formatted(engine.name(), reference));
    Engine.Answer answer = engine.call(LIMIT, List.of("pull", "--quiet", reference), stop);
    if (!answer.ok()) {
      throw fault("the image %s cannot be pulled".formatted(reference), answer);
    }
    return orMissing(inspect(reference), reference);
  }

  private Image built(Path file, String path, LineSink output, StopRequest stop)
      throws EngineFault {
    Path dockerfile = file.normalize();
    Path context = dockerfile.getParent();
    if (context == null) {
      throw EngineFault.of("no Dockerfile: " + dockerfile);
    }
    String reference;
    try {
      reference =
          "kitchenhooks/%s:%s".formatted(slug(context), ContextDigest.of(context, dockerfile));
    } catch (IOException e) {
      throw EngineFault.of("the context of %s cannot be read: %s".formatted(path, e.getMessage()));
    }
    Image there = inspect(reference);
    if (there != null) {
      return there;
    }
    output.line("%s: building %s".formatted(engine.name(), path));
    List<String> arguments =
        List.of(
            "build",
            "--force-rm",
            "--tag",
            reference,
            "--label",
            Labels.DOCKERFILE + "=" + dockerfile,
            "--file",
            dockerfile.toString(),
            context.toString());
    Engine.Answer answer = engine.call(LIMIT, arguments, stop);
    if (!answer.ok()) {
      answer.lines().forEach(output::line);
      throw fault("%s cannot be built".formatted(path), answer);
    }
    return orMissing(inspect(reference), reference);
  }

  private static EngineFault fault(String what, Engine.Answer answer) {
    return answer.result().end() == dev.kitchenhooks.process.ProcessResult.End.STOPPED
        ? EngineFault.stopped()
        : EngineFault.of(what + ": " + answer.message());
  }

  private static Image orMissing(@Nullable Image image, String reference) throws EngineFault {
    if (image == null) {
      throw EngineFault.of(
          "the image %s was made, and the engine does not have it (a builder of its own?)"
              .formatted(reference));
    }
    return image;
  }

  /** Null where the engine does not have it, or does not answer: the next call will say so. */
  private @Nullable Image inspect(String reference) {
    // Line by line, since a long environment beside them would be cut.
    Engine.Answer answer =
        engine.call(
            "image",
            "inspect",
            "--format",
            "{{json .Config.Entrypoint}}\n{{json .Config.Cmd}}",
            reference);
    if (!answer.ok() || answer.lines().size() < 2) {
      return null;
    }
    return new Image(reference, words(answer.lines().get(0)), words(answer.lines().get(1)));
  }

  private static List<String> words(String json) {
    var words = new ArrayList<String>();
    try {
      JsonNode list = JsonMapper.shared().readTree(json);
      list.forEach(word -> words.add(word.stringValue("")));
    } catch (JacksonException e) {
      // An image that says none.
      return List.of();
    }
    return List.copyOf(words);
  }

  /** What an image may be called, of the name of its directory. */
  private static String slug(Path context) {
    String name =
        String.valueOf(context.getFileName())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return name.isEmpty() ? "hook" : name;
  }
}
