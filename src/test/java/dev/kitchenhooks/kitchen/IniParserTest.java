package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IniParserTest {
  /** The entries as {@code section.key=value@line:column of key, line:column of value}. */
  private static List<String> entries(String text) {
    var problems = new Problems();
    IniFile ini = IniParser.parse("x.cfg", text, problems);
    assertThat(problems.sorted()).isEmpty();
    var entries = new ArrayList<String>();
    for (IniFile.Section section : ini.sections()) {
      for (IniFile.Entry e : section.entries()) {
        entries.add(
            "%s.%s=%s@%d:%d,%d:%d"
                .formatted(
                    section.name(),
                    e.key(),
                    e.value().replace("\n", "\\n"),
                    e.keyPlace().line(),
                    e.keyPlace().column(),
                    e.valuePlace().line(),
                    e.valuePlace().column()));
      }
    }
    return entries;
  }

  static Stream<Arguments> dialect() {
    return Stream.of(
        Arguments.of(
            "equals and colon",
            "[s]\na = 1\nb: 2\nc=3",
            "s.a=1@2:1,2:5 s.b=2@3:1,3:4 s.c=3@4:1,4:3"),
        Arguments.of(
            "the first delimiter counts",
            "[s]\na = b:c=d\ne:f=g",
            "s.a=b:c=d@2:1,2:5 s.e=f=g@3:1,3:3"),
        Arguments.of(
            "keys are in lower case, sections are not", "[S]\nUser = Me", "S.user=Me@2:1,2:8"),
        Arguments.of(
            "comments", "# x\n; y\n[s]\n#a = 1\n  ; b\nc = #d\nrem e = 1\nREM", "s.c=#d@6:1,6:5"),
        Arguments.of(
            "a semicolon after white space",
            "[s]\na = b ; c\nd = e;f ; g\nh = ; i",
            "s.a=b@2:1,2:5 s.d=e;f ; g@3:1,3:5 s.h=@4:1,4:5"),
        Arguments.of(
            "empty values",
            "[s]\na =\nb = \"\"\nc = ''",
            "s.a=@2:1,2:4 s.b=@3:1,3:5 s.c=''@4:1,4:5"),
        Arguments.of(
            "lines that go on",
            "[s]\na = 1\n  2\n\t3 ; no comment\nb = 4",
            "s.a=1\\n2\\n3_;_no_comment@2:1,2:5 s.b=4@5:1,5:5"),
        Arguments.of(
            "an empty line and a comment inside",
            "[s]\na = 1\n\n  # x\n  2\n\n\nb = 3",
            "s.a=1\\n\\n2@2:1,2:5 s.b=3@8:1,8:5"),
        Arguments.of(
            "keys may be indented alike",
            "[s]\n  a = 1\n  b = 2\n    3",
            "s.a=1@2:3,2:7 s.b=2\\n3@3:3,3:7"),
        Arguments.of("text after a header", "[s] x\na=1", "s.a=1@2:1,2:3"),
        Arguments.of("a section again", "[s]\na=1\n[t]\n[s]\na=2", "s.a=1@2:1,2:3 s.a=2@5:1,5:3"),
        Arguments.of(
            "line ends of other systems, a byte order mark",
            "\uFEFF[s]\r\na=1\rb=2",
            "s.a=1@2:1,2:3 s.b=2@3:1,3:3"),
        Arguments.of("keys of several words", "[s]\na b = c d", "s.a_b=c_d@2:1,2:7"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void dialect(String name, String text, String expected) {
    assertThat(entries(text).stream().map(e -> e.replace(' ', '_')))
        .as(name)
        .containsExactly(expected.replace(" ; ", "_;_").split(" ", -1));
  }

  @Test
  void linesThatAreNoneAreToldWithoutTheirText() {
    var problems = new Problems();
    IniFile ini =
        IniParser.parse("x.cfg", "a = 1\nb = 2\n[s]\nhunter2\n  = hunter2\n[]\nc = 3", problems);
    assertThat(ini.sections().getFirst().entries()).extracting(IniFile.Entry::key).contains("c");
    assertThat(problems.sorted())
        .extracting(Problem::format)
        .containsExactly(
            "x.cfg:1:1: error: a line before the first section (begin with a section such as"
                + " [userinfo])",
            "x.cfg:4:1: error: neither a [section] nor a key = value (a line that goes on is"
                + " indented)",
            "x.cfg:5:3: error: neither a [section] nor a key = value (a line that goes on is"
                + " indented)",
            "x.cfg:6:1: error: neither a [section] nor a key = value (a line that goes on is"
                + " indented)");
  }

  private static final String ORACLE =
      """
      import configparser, sys
      for name in sys.argv[1:]:
          parser = configparser.ConfigParser(strict=False, interpolation=None)
          parser.read(name, encoding="utf-8")
          for section in parser.sections():
              for key, value in parser.items(section):
                  print(name, section, key, value.replace("\\n", "|"), sep="\\t")
      """;

  /** What Python itself reads, where its version 3 and LittleChef's 2 agree. */
  @Test
  void asPythonReadsIt(@TempDir Path dir) throws IOException, InterruptedException {
    assumeTrue(
        Stream.of("/usr/bin/python3", "/usr/local/bin/python3")
            .map(Path::of)
            .anyMatch(Files::isExecutable),
        "python3 is not installed: its ConfigParser is the oracle");
    var command = new ArrayList<>(List.of("python3", "-c", ORACLE));
    var expected = new ArrayList<String>();
    for (int seed = 0; seed < 200; seed++) {
      String text = text(new Random(seed));
      Path file = dir.resolve(seed + ".cfg");
      Files.writeString(file, text);
      command.add(file.toString());
      merged(text).forEach((key, value) -> expected.add(file + "\t" + key + "\t" + value));
    }
    Path out = dir.resolve("out");
    Process python =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(python.waitFor()).as(Files.readString(out)).isZero();
    assertThat(Files.readAllLines(out, StandardCharsets.UTF_8))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static Map<String, String> merged(String text) {
    var problems = new Problems();
    var merged = new LinkedHashMap<String, String>();
    for (IniFile.Section section : IniParser.parse("x", text, problems).sections()) {
      for (IniFile.Entry entry : section.entries()) {
        merged.put(section.name() + "\t" + entry.key(), entry.value().replace("\n", "|"));
      }
    }
    assertThat(problems.sorted()).as(text).isEmpty();
    return merged;
  }

  private static String text(Random random) {
    var lines = new ArrayList<String>(List.of("[first]"));
    for (int i = random.nextInt(12); i > 0; i--) {
      String indent = " ".repeat(random.nextInt(4));
      lines.add(
          switch (random.nextInt(8)) {
            case 0 -> "[" + word(random) + "]";
            case 1 -> indent + "# " + word(random) + " = 1";
            case 2 -> indent + "; " + word(random);
            case 3 -> "";
            case 4 -> " ".repeat(8) + word(random) + "=" + word(random);
            default ->
                indent
                    + word(random)
                    + (random.nextBoolean() ? " = " : ":")
                    + word(random)
                    + (random.nextBoolean() ? "  " : "#x:" + word(random));
          });
    }
    return String.join(random.nextBoolean() ? "\n" : "\r\n", lines);
  }

  private static String word(Random random) {
    var word = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      word.append("aBcé%-_'\"".charAt(random.nextInt(9)));
    }
    // LittleChef's Python takes a pair of quotes for nothing; the oracle's does not.
    return word.toString().equals("\"\"") ? "q" : word.toString();
  }
}
