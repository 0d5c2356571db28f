package io.sallyport.userstore.file.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A users file as somebody may have written it, drawn from a seed, and where in its text the hash of one user
 * stands. Other users have the same hash, and so have comments.
 */
final class Layout {

  static final String ID = "the one";
  static final String OLD = "$5$salt$old/hash.1";

  private static final String[] HASHES = {OLD, "{bcrypt}$2a$10$x", "abCDefGHijKLm", "$6$s$other"};

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private final boolean json;
  private final boolean flow;
  private final boolean named;
  private final String lineBreak;
  private String ownEpoch = "";
  private String separator = "";
  private String scalar = "";
  private int firstKey;
  private int hashStart;
  private int hashEnd;

  Layout(long seed) {
    this.random = new Random(seed);
    this.json = random.nextInt(4) == 0;
    this.flow = json || random.nextInt(3) == 0;
    this.named = random.nextInt(4) == 0;
    this.lineBreak = random.nextInt(3) == 0 ? "\r\n" : "\n";
    write();
  }

  String fileName() {
    return json ? "users.json" : "users.yaml";
  }

  boolean isJson() {
    return json;
  }

  /** The epoch that the file has for the user, empty if it has none. */
  String ownEpoch() {
    return ownEpoch;
  }

  String before() {
    return text.toString();
  }

  /** What the text must be once the hash is replaced. */
  String after(String hash, String epoch) {
    String key = json ? "\"password_epoch\"" : "password_epoch";
    String added = ownEpoch.isEmpty() ? key + ": \"" + epoch + "\"" + separator : "";
    return text.substring(0, firstKey)
        + added
        + text.substring(firstKey, hashStart)
        + scalar.replace("HASH", hash)
        + text.substring(hashEnd);
  }

  private void write() {
    if (random.nextInt(4) == 0) {
      text.append('\uFEFF');
    }
    comment("");
    text.append(json ? "{" + gap() + "\"users\":" + gap() : "users:" + (flow ? " " : ""));
    text.append(flow ? (named ? "{" : "[") : lineBreak);
    int count = 1 + random.nextInt(4);
    int place = random.nextInt(count);
    for (int i = 0; i < count; i++) {
      user(i, i == place);
      if (flow && i < count - 1) {
        text.append(',').append(gap());
      }
    }
    text.append(flow ? (named ? "}" : "]") + (json ? gap() + "}" : "") + lineBreak : "");
    if (!json) {
      comment("");
      text.append("groups: []").append(random.nextBoolean() ? lineBreak : " # end" + lineBreak);
    }
  }

  /** A comment is of no interest, whatever it looks like. */
  private void comment(String indent) {
    if (!json && random.nextInt(3) == 0) {
      text.append(indent).append("# password: ").append(OLD).append(" 😀 é").append(lineBreak);
    }
  }

  private String gap() {
    String[] gaps = json
        ? new String[] {"", " ", lineBreak + "\t", lineBreak + lineBreak}
        : new String[] {
          " ", "  ", lineBreak + "  ", lineBreak + " # " + OLD + ", 😀" + lineBreak + "  "
        };
    return gaps[random.nextInt(gaps.length)];
  }

  private void user(int index, boolean chosen) {
    String label = json ? "\"u😀" + index + "\": " : "u😀" + index + ": ";
    String indent = " ".repeat(flow ? 0 : named ? 4 : 2 + random.nextInt(3));
    if (flow) {
      text.append(named ? label : "").append('{').append(json ? gap() : "");
    } else if (named) {
      text.append("  ").append(label.strip()).append(lineBreak).append(indent);
    } else {
      text.append('-').append(" ".repeat(indent.length() - 1));
    }
    if (chosen) {
      firstKey = text.length();
      separator = flow ? ", " : lineBreak + indent;
    }
    List<String> keys = keys(index, chosen);
    for (int i = 0; i < keys.size(); i++) {
      if (i > 0) {
        text.append(flow ? "," + gap() : indent);
      }
      member(keys.get(i), chosen);
      endOfMember(indent);
    }
    text.append(flow ? "}" : "");
  }

  private void endOfMember(String indent) {
    if (!flow) {
      if (!text.toString().endsWith(lineBreak)) {
        text.append(random.nextInt(4) == 0 ? "  # " + OLD : "").append(lineBreak);
      }
      comment(indent);
    }
  }

  private List<String> keys(int index, boolean chosen) {
    List<String> keys = new ArrayList<>();
    keys.add(key("username") + quoted("name " + index));
    keys.add(key("id") + quoted(chosen ? ID : "id " + index));
    keys.add("password");
    if (random.nextBoolean()) {
      keys.add(key("attributes")
          + (json || flow || random.nextBoolean()
              ? "{" + key("note") + quoted("é 😀 " + OLD) + "}"
              : "{note: \"password: " + OLD + "\"}"));
    }
    if (random.nextInt(3) == 0) {
      keys.add(key("roles") + "[" + quoted("a b") + ", " + quoted("c") + "]");
    }
    if (random.nextInt(4) == 0) {
      String epoch = "epoch 1 of " + OLD;
      ownEpoch = chosen ? epoch : ownEpoch;
      keys.add(key("password_epoch") + quoted(epoch));
    }
    Collections.shuffle(keys, random);
    return keys;
  }

  private String key(String key) {
    return (json || random.nextInt(4) == 0 ? '"' + key + '"' : key) + ": ";
  }

  private String quoted(String value) {
    return json || random.nextBoolean() ? '"' + value + '"' : "'" + value + "'";
  }

  private void member(String member, boolean chosen) {
    if (!member.equals("password")) {
      text.append(member);
      return;
    }
    text.append(key("password"));
    String hash = chosen ? OLD : HASHES[random.nextInt(HASHES.length)];
    String form = form();
    if (form.contains("-BREAK")) {
      // the text below the first line is replaced, the first line stays
      text.append(form.startsWith(">") ? ">-" : "|-")
          .append(random.nextBoolean() ? " # " + OLD : "");
      text.append(lineBreak).append("      ");
      form = "HASH";
      place(hash, form, form, chosen);
      text.append(lineBreak);
    } else if (form.equals("ESCAPED")) {
      place(hash, "\"" + escaped(hash) + "\"", "\"HASH\"", chosen);
    } else {
      place(hash, form, form.equals("HASH") && flow ? "\"HASH\"" : form, chosen);
    }
  }

  private void place(String hash, String form, String newForm, boolean chosen) {
    int start = text.length();
    text.append(form.replace(
        "HASH",
        hash.startsWith("{")
                && form.equals("HASH")
                && text.charAt(text.length() - 1) == ' '
                && !isBelow()
            ? "'" + hash + "'"
            : hash));
    if (chosen) {
      hashStart = start;
      hashEnd = text.length();
      scalar = newForm;
    }
  }

  private boolean isBelow() {
    return text.toString().endsWith("      ");
  }

  private String form() {
    if (json) {
      return random.nextBoolean() ? "\"HASH\"" : "ESCAPED";
    }
    String[] forms = flow
        ? new String[] {"HASH", "'HASH'", "\"HASH\"", "ESCAPED"}
        : new String[] {"HASH", "'HASH'", "\"HASH\"", "ESCAPED", ">-BREAK", "|-BREAK"};
    return forms[random.nextInt(forms.length)];
  }

  /** With escapes, and in YAML on two lines. */
  private String escaped(String hash) {
    String escape = String.format("\\u%04x", (int) hash.charAt(0));
    boolean twoLines = !json && random.nextBoolean();
    return escape
        + hash.substring(1, 3)
        + (twoLines ? "\\" + lineBreak + "          " : "")
        + hash.substring(3);
  }
}
