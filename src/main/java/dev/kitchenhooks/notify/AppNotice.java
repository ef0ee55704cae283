package dev.kitchenhooks.notify;

import dev.kitchenhooks.apphook.AppCall;
import dev.kitchenhooks.apphook.AppMoment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** The notice of one application. */
final class AppNotice {
  private static final String METADATA = ".metadata";
  private static final String WANTED = "_version=";

  /** More lines tell nobody anything. */
  private static final int MOST_LINES = 50;

  private AppNotice() {}

  /**
   * What is told after a deploy or an undeploy.
   *
   * @param returnCode of what is told about, where it is known
   */
  static Notice of(AppCall call, OptionalInt returnCode) {
    boolean deploy = call.moment() == AppMoment.POST_DEPLOY;
    int code = returnCode.orElse(0);
    String text =
        code == 0
            ? "%s has been %s on %s environment"
                .formatted(call.app(), deploy ? "deployed" : "undeployed", call.environment())
            : "%s could not be %s on %s environment (code %d)"
                .formatted(
                    call.app(), deploy ? "deployed" : "undeployed", call.environment(), code);
    return new Notice(
        (deploy ? "" : "-") + call.app(), text, versions(call.targetDirectory()), code == 0);
  }

  /** The lines of {@code .metadata} that name a version; none where it cannot be read. */
  private static List<String> versions(Path targetDirectory) {
    Path file = targetDirectory.resolve(METADATA);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.contains(WANTED))
          .limit(MOST_LINES)
          .map(String::strip)
          .toList();
    } catch (IOException e) {
      return List.of("(%s cannot be read)".formatted(file));
    }
  }
}
