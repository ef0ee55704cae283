package dev.kitchenhooks.backup;

import java.nio.file.Path;

/**
 * Where one volume is backed up to.
 *
 * @param name of the repository and of its configuration: {@code shop-prod_pgdata}
 * @param source the volume's directory
 * @param address of the repository, as borg understands it
 * @param retentionDays how long backups are kept
 */
record Repository(String name, Path source, String address, int retentionDays) {

  static Repository of(
      Plan.Volume volume, String application, String environment, Path volumes, String addresses) {
    String name = application + "-" + environment + "_" + volume.name();
    return new Repository(
        name,
        volumes.resolve(volume.realName()),
        addresses.replaceFirst("/+$", "") + "/" + name,
        volume.retentionDays());
  }
}
