package dev.kitchenhooks.ssh;

import dev.kitchenhooks.remote.UnreachableException;
import java.nio.file.Path;
import java.util.Optional;

/** Asks OpenSSH itself what its configuration says of a host. */
@FunctionalInterface
interface OpenSshQuery {

  /**
   * @param instead the file read in place of the usual ones
   * @throws UnreachableException if ssh is not there or does not like the file
   */
  SshOptions ask(String name, Optional<String> user, Optional<Path> instead)
      throws UnreachableException;
}
