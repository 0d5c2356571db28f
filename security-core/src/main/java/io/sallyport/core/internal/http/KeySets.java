package io.sallyport.core.internal.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Joins JWK Sets into one. */
public final class KeySets {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private KeySets() {}

  /**
   * The keys of all sets, each once.
   *
   * @param sets JWK Sets (RFC 7517 section 5)
   * @return one set as UTF-8
   * @throws IllegalStateException if one is no set of public keys; the message shows nothing of it
   */
  public static byte[] union(Collection<String> sets) {
    Set<String> keys = new LinkedHashSet<>();
    try {
      for (String set : sets) {
        addKeys(set, keys);
      }
    } catch (IOException e) {
      // neither message nor cause, which show where in the text the fault is
      throw new IllegalStateException("a generator's public keys are no JWK Set");
    }
    return ("{\"keys\":[" + String.join(",", keys) + "]}").getBytes(StandardCharsets.UTF_8);
  }

  private static void addKeys(String set, Set<String> keys) throws IOException {
    try (JsonParser json = JSON.createParser(set)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalStateException("a generator's public keys are no JWK Set");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        boolean isKeys = json.currentName().equals("keys");
        if (json.nextToken() == JsonToken.START_ARRAY && isKeys) {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            keys.add(publicKey(json));
          }
        } else {
          json.skipChildren();
        }
      }
    }
  }

  private static String publicKey(JsonParser json) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator copy = JSON.createGenerator(text)) {
      copy.copyCurrentStructure(json);
    }
    try (JsonParser members = JSON.createParser(text.toString())) {
      members.nextToken();
      while (members.nextToken() == JsonToken.FIELD_NAME) {
        if (PRIVATE.contains(members.currentName())) {
          throw new IllegalStateException("a generator's public keys hold a private one");
        }
        members.nextToken();
        members.skipChildren();
      }
    }
    return text.toString();
  }
}
