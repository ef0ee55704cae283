package dev.kitchenhooks.notify;

import dev.kitchenhooks.notify.Channel.Shape;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A notice in the shape that a chat takes. Nothing in it is read as markup or as a mention. */
final class WebhookBody {
  private static final String GREEN = "#2e7d32";
  private static final String RED = "#c62828";

  private WebhookBody() {}

  static ObjectNode of(Notice notice, Shape shape) {
    return switch (shape) {
      case SLACK -> attachment(notice, Shape.SLACK);
      case MATTERMOST -> attachment(notice, Shape.MATTERMOST);
      case TEAMS -> card(notice);
    };
  }

  /** Slack's attachments, which Mattermost has taken over. */
  private static ObjectNode attachment(Notice notice, Shape shape) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode attachment = body.putArray("attachments").addObject();
    attachment.put("fallback", plain(notice.text(), shape));
    attachment.put("color", notice.success() ? GREEN : RED);
    attachment.put("title", plain(notice.text(), shape));
    if (!notice.details().isEmpty()) {
      attachment.put("text", plain(String.join("\n", notice.details()), shape));
    }
    return body;
  }

  private static String plain(String text, Shape shape) {
    return switch (shape) {
      // The only three characters that Slack asks to escape; what it makes of *x* is harmless.
      case SLACK -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
      case MATTERMOST, TEAMS ->
          text.replaceAll("[\\\\`*_{}\\[\\]()#+!|~<>:-]", "\\\\$0").replace("@", "@\u200b");
    };
  }

  /** An adaptive card, as a workflow of Teams takes it. */
  private static ObjectNode card(Notice notice) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", "message");
    ObjectNode attachment = body.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    ObjectNode content = attachment.putObject("content");
    content.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    content.put("type", "AdaptiveCard");
    content.put("version", "1.4");
    ArrayNode blocks = content.putArray("body");
    block(blocks, notice.text())
        .put("weight", "Bolder")
        .put("color", notice.success() ? "Good" : "Attention");
    notice.details().forEach(line -> block(blocks, line).put("spacing", "None"));
    return body;
  }

  private static ObjectNode block(ArrayNode blocks, String text) {
    return blocks
        .addObject()
        .put("type", "TextBlock")
        .put("text", plain(text, Shape.TEAMS))
        .put("wrap", true);
  }
}
