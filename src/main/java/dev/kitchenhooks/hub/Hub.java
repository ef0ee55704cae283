package dev.kitchenhooks.hub;

import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.container.Volumes;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problems;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;

/** The hub of a kitchen, as its page shows it. */
public final class Hub {
  private final HubConf conf;
  private final Volumes volumes;
  private final Supplier<Deploys> deploys;

  private Hub(HubConf conf, Volumes volumes, Supplier<Deploys> deploys) {
    this.conf = conf;
    this.volumes = volumes;
    this.deploys = deploys;
  }

  /**
   * The one that is configured.
   *
   * @param deploys asked each time that the page is made
   * @throws FixException if the configuration is invalid
   */
  public static Hub of(Confs confs, Volumes volumes, Supplier<Deploys> deploys) {
    var problems = new Problems();
    Optional<HubConf> conf = HubConf.read(confs, problems);
    problems.throwIfErrors("the hub's configuration is invalid");
    return new Hub(conf.orElseThrow(), volumes, deploys);
  }

  /** The page as of now: also where something is missing or damaged, which it then says. */
  public String page() {
    var notices = new ArrayList<String>();
    AppsFile.Content content = content(notices);
    return new HubPage(conf.scheme())
        .render(HubView.of(content, recorded(notices), notices), Clock.systemUTC().instant());
  }

  private AppsFile.Content content(List<String> notices) {
    try {
      Optional<AppsFile> file = new HubPlace(conf, volumes).find(notices::add);
      if (file.isPresent()) {
        return file.get().read();
      }
    } catch (FixException e) {
      notices.add(e.message());
    }
    return new AppsFile.Content(JsonNodeFactory.instance.objectNode(), Claims.NONE);
  }

  private Deploys recorded(List<String> notices) {
    try {
      return deploys.get();
    } catch (FixException e) {
      notices.add(e.message());
      return Deploys.NONE;
    }
  }
}
