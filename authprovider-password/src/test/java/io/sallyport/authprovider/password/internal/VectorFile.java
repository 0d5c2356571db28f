package io.sallyport.authprovider.password.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Reads the cases of a file of known answers. */
public final class VectorFile {

  private VectorFile() {}

  /** One case: texts and lists of texts by the name of the member. */
  public record Case(Map<String, Object> members) {
    public String text(String member) {
      return (String) members.getOrDefault(member, "");
    }

    public byte[] bytes(String member) {
      return HexFormat.of().parseHex(text(member));
    }

    public List<String> texts(String member) {
      return ((List<?>) members.get(member)).stream().map(String.class::cast).toList();
    }

    @Override
    public String toString() {
      return text("id") + " " + text("why") + members.getOrDefault("tags", "");
    }
  }

  public static List<Case> cases(String name) {
    try (InputStream in = VectorFile.class.getResourceAsStream("/vectors/" + name);
        JsonParser json = new JsonFactory().createParser(in)) {
      while (!"cases".equals(json.currentName()) || json.currentToken() != JsonToken.START_ARRAY) {
        json.nextToken();
      }
      List<Case> cases = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        cases.add(new Case(members(json)));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> members(JsonParser json) throws IOException {
    Map<String, Object> members = new HashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.START_OBJECT) {
        json.skipChildren();
      } else {
        members.put(name, value == JsonToken.START_ARRAY ? texts(json) : json.getText());
      }
    }
    return members;
  }

  private static List<String> texts(JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(json.getText());
    }
    return texts;
  }
}
