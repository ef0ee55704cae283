package dev.kitchenhooks.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The caller's keys, read once for all connections. Thread-safe. */
final class Identities {

  /**
   * @param keys to offer, in this order
   * @param notes which keys could not be offered, and why; shown if no other is taken
   */
  record Offer(List<ClientKey> keys, List<String> notes) {}

  private record AgentContent(List<ClientKey> keys, String problem) {}

  private final Map<Path, IdentityFile> files = new ConcurrentHashMap<>();
  private final Map<Path, Optional<PublicKeyFile>> certificates = new ConcurrentHashMap<>();
  private final Map<Path, AgentContent> agents = new ConcurrentHashMap<>();

  /**
   * OpenSSH's order, but for one thing: identity files that someone wrote down go before keys that
   * the agent happens to hold, because servers hang up after six keys.
   */
  Offer offer(HostSettings.Login login) {
    var notes = new ArrayList<String>();
    Map<ByteBuffer, ClientKey> agent = agentKeys(login, notes);
    var fromFiles = new ArrayList<ClientKey>();
    for (Path path : login.identityFiles()) {
      IdentityFile identity = files.computeIfAbsent(path, IdentityFile::read);
      Optional<ClientKey> key = identity.key().or(() -> identity.publicKey().map(agent::get));
      key.ifPresent(fromFiles::add);
      if (key.isEmpty() && (login.explicitIdentities() || identity.publicKey().isPresent())) {
        notes.add(path + " is " + identity.note());
      }
    }
    var ordered = new ArrayList<ClientKey>();
    if (login.explicitIdentities()) {
      ordered.addAll(fromFiles);
    }
    if (!login.identitiesOnly()) {
      ordered.addAll(agent.values());
    }
    ordered.addAll(fromFiles);
    return new Offer(distinct(withCertificates(ordered, login)), List.copyOf(notes));
  }

  private Map<ByteBuffer, ClientKey> agentKeys(HostSettings.Login login, List<String> notes) {
    var keys = new LinkedHashMap<ByteBuffer, ClientKey>();
    login
        .agentSocket()
        .map(socket -> agents.computeIfAbsent(socket, Identities::ask))
        .ifPresent(content -> {
          content.keys().forEach(key -> keys.put(key.publicKey(), key));
          if (!content.problem().isEmpty()) {
            notes.add(content.problem());
          }
        });
    return keys;
  }

  private static AgentContent ask(Path socket) {
    try {
      return new AgentContent(new SshAgent(socket).keys(), "");
    } catch (IOException e) {
      return new AgentContent(List.of(), "the ssh-agent at " + socket + " does not answer");
    }
  }

  /** A certificate goes before its key: a server that knows the authority asks for nothing else. */
  private List<ClientKey> withCertificates(List<ClientKey> keys, HostSettings.Login login) {
    List<PublicKeyFile> known =
        Stream.concat(
                login.certificateFiles().stream(),
                login.identityFiles().stream().map(file -> Path.of(file + "-cert.pub")))
            .map(file -> certificates.computeIfAbsent(file, PublicKeyFile::read))
            .flatMap(Optional::stream)
            .filter(PublicKeyFile::isCertificate)
            .toList();
    var all = new ArrayList<ClientKey>();
    for (ClientKey key : keys) {
      for (PublicKeyFile certificate : known) {
        if (certificate.certified().filter(key.publicKey()::equals).isPresent()) {
          all.add(key.certifiedBy(certificate));
        }
      }
      all.add(key);
    }
    return all;
  }

  private static List<ClientKey> distinct(List<ClientKey> keys) {
    Set<ByteBuffer> seen = new HashSet<>();
    return keys.stream().filter(key -> seen.add(key.publicKey())).toList();
  }
}
