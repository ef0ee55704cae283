package dev.kitchenhooks.chef;

import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.sync.Hashing;
import dev.kitchenhooks.sync.Manifest;
import dev.kitchenhooks.sync.Spool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The talk with deploy.sh, through its one channel: it says what the node has, and is sent what is
 * missing. All else that comes from there is output.
 */
final class Exchange implements NodeSession.Input, LineSink {
  /** Enough to find the reason in what tar or sudo say. */
  private static final int KEPT = 20;

  /**
   * What the node has of what is wanted.
   *
   * @param hashing what it can name files by
   * @param compressed whether it can unpack
   * @param id what it has; empty: it has told what
   */
  record Having(Hashing hashing, boolean compressed, Optional<String> id) {}

  /** What the node is sent. */
  interface Supply {
    /**
     * @param having what the node has
     * @param told what it has by name, where it has told; empty: it has not
     * @return empty: the node has to tell
     * @throws IOException if the kitchen cannot be read
     */
    Optional<Sent> toMake(Having having, Optional<Map<String, String>> told) throws IOException;
  }

  /**
   * @param header a line
   * @param removal a script, a character for each byte
   * @param archive to the end, compressed
   */
  record Sent(String header, String removal, Spool.Content archive) {}

  /** What comes from the node, for the thread that writes to it. */
  private sealed interface Said {
    record Has(Having having) implements Said {}

    record Told(Optional<byte[]> manifest) implements Said {}

    record Over() implements Said {}
  }

  private final String prefix;
  private final NodeSession.Input before;
  private final Supply supply;
  private final LineSink output;
  private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream pieces = new ByteArrayOutputStream();
  private final Deque<String> lines = new ArrayDeque<>();
  private Optional<String> current = Optional.empty();
  private boolean inPlace;
  private volatile @Nullable Exception failure;

  /**
   * @param token stands in each line of the script's own
   * @param before what comes first on stdin
   */
  Exchange(String token, NodeSession.Input before, Supply supply, LineSink output) {
    this.prefix = "fix:" + token + " ";
    this.before = before;
    this.supply = supply;
    this.output = output;
  }

  /** The revision that was the node's current one, as far as it has said. */
  synchronized Optional<String> current() {
    return current;
  }

  /** Whether the node has all that it shall have, and has begun to converge. */
  synchronized boolean inPlace() {
    return inPlace;
  }

  /** The last lines of output before that. */
  synchronized List<String> beforeConverge() {
    return List.copyOf(lines);
  }

  /** Why what the node asked for could not be had. */
  Optional<Exception> failure() {
    return Optional.ofNullable(failure);
  }

  /** Nothing more is sent. */
  void stop() {
    said.add(new Said.Over());
  }

  @Override
  public void line(String line) {
    // A login shell may have printed something without an end.
    int at = line.indexOf(prefix);
    if (at < 0) {
      printed(line);
      return;
    }
    if (at > 0) {
      printed(line.substring(0, at));
    }
    String[] words = line.substring(at + prefix.length()).split(" ", -1);
    switch (words[0]) {
      case "current" -> setCurrent(words[1]);
      case "have" ->
          said.add(
              new Said.Has(
                  new Having(
                      words[1].equals("sha256") ? Hashing.SHA256 : Hashing.CKSUM,
                      words[2].equals("gzip"),
                      Optional.of(words[3]).filter(id -> !id.equals("-")))));
      case "+" -> pieces.writeBytes(HexFormat.of().parseHex(words[1]));
      case "end" -> {
        said.add(new Said.Told(Optional.of(pieces.toByteArray())));
        pieces.reset();
      }
      case "converge" -> {
        setInPlace();
        stop();
      }
      case "over" -> stop();
      default -> printed(line);
    }
  }

  private synchronized void setCurrent(String id) {
    current = Optional.of(id).filter(word -> !word.equals("-"));
  }

  private synchronized void setInPlace() {
    inPlace = true;
  }

  private void printed(String line) {
    synchronized (this) {
      if (!inPlace) {
        lines.addLast(line);
        if (lines.size() > KEPT) {
          lines.removeFirst();
        }
      }
    }
    output.line(line);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try {
      before.writeTo(out);
      out.flush();
      if (said.take() instanceof Said.Has(Having having)) {
        answer(having, out);
      }
    } catch (InterruptedException e) {
      // The command has ended, and reads nothing any more.
      Thread.currentThread().interrupt();
    } catch (InterruptedIOException e) {
      // The node sees the end of its input too early, keeps what it has, and tidies up.
      out.flush();
    }
  }

  private void answer(Having having, OutputStream out) throws IOException, InterruptedException {
    Optional<Sent> sent;
    try {
      Optional<Map<String, String>> told =
          having.id().isPresent() ? Optional.empty() : told(having);
      sent = supply.toMake(having, told);
      if (sent.isEmpty()) {
        out.write("tell\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        sent = supply.toMake(having, told(having));
      }
    } catch (IOException | RuntimeException e) {
      // It is this node's alone: thrown on, it would look like the connection's.
      failure = e;
      return;
    }
    if (sent.isPresent()) {
      send(sent.get(), having.compressed(), out);
    }
  }

  private Optional<Map<String, String>> told(Having having)
      throws IOException, InterruptedException {
    if (!(said.take() instanceof Said.Told(Optional<byte[]> packed)) || packed.isEmpty()) {
      throw new InterruptedException("it ended before it told");
    }
    byte[] text = packed.get();
    if (having.compressed()) {
      try (var gzip = new GZIPInputStream(new ByteArrayInputStream(text))) {
        text = gzip.readAllBytes();
      }
    }
    return Optional.of(Manifest.stamps(text));
  }

  private static void send(Sent sent, boolean compressed, OutputStream out) throws IOException {
    String head = "%s %s\n%s".formatted(sent.header(), sent.removal().length(), sent.removal());
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    if (compressed) {
      sent.archive().writeTo(out);
      return;
    }
    // Rare enough that it may lie here for a moment.
    var packed = new ByteArrayOutputStream();
    sent.archive().writeTo(packed);
    try (InputStream unpacked =
        new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
      unpacked.transferTo(out);
    }
  }
}
