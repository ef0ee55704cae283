package dev.kitchenhooks.apphook;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** When in the life of an application a hook is called. */
public enum AppMoment {
  /** The compose file is a copy that is about to be deployed: it may be edited. */
  PRE_DEPLOY("app_predeployhook"),
  /** It runs. */
  POST_DEPLOY("app_postdeployhook"),
  /** It still runs. */
  PRE_UNDEPLOY("app_preundeployhook"),
  /** It is gone; its compose file may be too. */
  POST_UNDEPLOY("app_postundeployhook");

  private final String hookType;

  AppMoment(String hookType) {
    this.hookType = hookType;
  }

  /** As directories of scripts are named: {@code pre_deploy}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As definitions name it: {@code app_predeployhook}. */
  public String hookType() {
    return hookType;
  }

  /** The moment of this {@link #id} or {@link #hookType}. */
  public static Optional<AppMoment> parse(String word) {
    return Stream.of(values())
        .filter(moment -> moment.id().equals(word) || moment.hookType.equals(word))
        .findFirst();
  }
}
