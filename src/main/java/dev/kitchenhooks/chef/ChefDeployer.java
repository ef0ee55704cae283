package dev.kitchenhooks.chef;

import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.run.Deployer;
import dev.kitchenhooks.sync.FileTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Deploys by making the kitchen of a node the same as here and running {@code chef-solo} there: one
 * connection, a channel that holds the node's lock, and one for the deploy unless it is stopped
 * early.
 */
public final class ChefDeployer implements Deployer, AutoCloseable {
  private final RemoteScripts scripts;
  private final Work.Converge work;
  private final Access access;
  private final Function<String, RevisionChoice> choices;
  private final KitchenTree tree;
  private final Optional<ChefInstaller> installer;

  /**
   * Directories, which exist.
   *
   * @param work for temporary files, which have no names while they are used
   * @param memory for what is remembered from run to run
   */
  public record Places(Path work, Path memory) {}

  /** When the kitchen is looked at. */
  public enum Look {
    /** Nothing changes it before the first deploy, which shall not wait for it. */
    AT_ONCE,
    /** With the first deploy: hooks that come before it may put something into the kitchen. */
    WHEN_NEEDED
  }

  /**
   * @param source what is uploaded
   * @param access how nodes are come to
   * @param work how chef is to be run, and with which run list
   * @param choices which revision a node shall be converged with, by its FQDN
   * @param places where files are kept
   * @param look when the kitchen is looked at
   * @throws FixException if why-run or a run list is asked of a command of the operator's own, or
   *     with all that cannot be read of what every node gets
   */
  public ChefDeployer(
      KitchenSource source,
      Access access,
      Work.Converge work,
      Function<String, RevisionChoice> choices,
      Places places,
      Look look) {
    if (work.isWhyRun() && !source.settings().command().isEmpty()) {
      throw FixException.invalid(
          "--why-run cannot be asked of [kitchen] converge_command: it might change the nodes",
          "leave out --why-run, or converge_command");
    }
    if (!work.runList().isEmpty() && !source.settings().command().isEmpty()) {
      throw FixException.invalid(
          "%s cannot be asked of [kitchen] converge_command: it knows its own run list"
              .formatted(String.join(", ", work.runList())),
          "leave out recipe: and role:, or converge_command");
    }
    List<FileTree.Found> files = UploadCheck.requireReadable(source);
    this.scripts = new RemoteScripts(source.settings(), access.sudoPassword());
    this.work = work;
    this.access = access;
    this.choices = choices;
    this.installer = installer(source);
    this.tree = new KitchenTree(source, places.work(), new Memory(places.memory()));
    if (look == Look.AT_ONCE) {
      tree.lookAhead(files);
    }
  }

  /** Where Chef is to be installed if it is missing; not by a run that shall change nothing. */
  private Optional<ChefInstaller> installer(KitchenSource source) {
    boolean wanted = source.install().automatic() && source.settings().command().isEmpty();
    return wanted && !work.isWhyRun()
        ? Optional.of(
            new ChefInstaller(
                new NodePrograms(source.settings(), scripts.asRoot(), Listening.USUAL), source))
        : Optional.empty();
  }

  @Override
  public Target open(PlannedNode node, StopRequest stop) throws UnreachableException {
    return new ChefTarget(
        LockedSession.open(access, scripts, node.fqdn(), stop),
        node.facts(),
        scripts,
        work,
        new ChefTarget.Kitchen(choices.apply(node.fqdn()), tree, installer));
  }

  /** Gives the packed kitchen's space back. */
  @Override
  public void close() {
    tree.close();
  }
}
