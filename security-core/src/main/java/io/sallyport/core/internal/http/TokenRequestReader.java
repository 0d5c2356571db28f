package io.sallyport.core.internal.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.sallyport.api.Restrictions;
import io.sallyport.api.TokenRequest;
import io.sallyport.core.internal.rules.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a caller wishes of a new token. */
public final class TokenRequestReader {

  private static final int MAX_LENGTH = 8 * 1024;
  private static final int MAX_DESCRIPTION = 1024;
  private static final int MAX_NAMES = 100;
  private static final int MAX_NAME = 256;
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String SHAPE =
      "The body must be empty or a JSON object of description, expires (or expiration_date), roles, tenants"
          + " and endpoints, each at most once.";
  private static final String EXPIRES =
      "expires must be an instant such as 2030-01-31T12:00:00Z or \"2030-01-31 12:00\" (UTC), a time of"
          + " today such as 12:00, or a time from now such as +10h, \"+1 day +30 minutes\" or PT10H.";
  private static final JsonFactory JSON = new JsonFactoryBuilder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(4).build())
      .build();

  private final Instant now;
  private final String past;
  private @Nullable String description;
  private @Nullable Instant expires;
  private boolean endIsSaid;
  private Restrictions restrictions = Restrictions.none();

  private TokenRequestReader(Instant now, String past) {
    this.now = now;
    this.past = past;
  }

  /**
   * Reads a body.
   *
   * @param body the body, of which no more than 8 KiB are read
   * @param now the present instant
   * @param past what is said of an end that has passed
   * @return the wish, the default one for an empty body
   * @throws IllegalArgumentException if it is no wish; the message is for the caller
   * @throws IOException if the body cannot be read
   */
  public static TokenRequest read(InputStream body, Instant now, String past) throws IOException {
    byte[] content = body.readNBytes(MAX_LENGTH + 1);
    if (content.length > MAX_LENGTH) {
      throw new IllegalArgumentException("The body is longer than " + MAX_LENGTH + " bytes.");
    }
    String text = text(content);
    if (text.isBlank()) {
      return TokenRequest.defaults();
    }
    try (JsonParser json = JSON.createParser(text)) {
      return new TokenRequestReader(now, past).read(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(SHAPE, e);
    }
  }

  /** Strict, so that no other reader of the same bytes sees another wish. */
  private static String text(byte[] content) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(SHAPE, e);
    }
  }

  private TokenRequest read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException(SHAPE);
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      member(name, json);
    }
    if (json.nextToken() != null) {
      throw new IllegalArgumentException(SHAPE);
    }
    return new TokenRequest(description, expires, restrictions);
  }

  private void member(String name, JsonParser json) throws IOException {
    switch (name) {
      case "description" -> description = description(text(name, json));
      case "expires", "expiration_date" -> end(text(name, json));
      case "roles" -> {
        List<String> roles = texts(name, json);
        if (roles != null) {
          restrictions = restrictions.withRoles(new LinkedHashSet<>(roles));
        }
      }
      case "tenants" -> {
        List<String> tenants = texts(name, json);
        if (tenants != null) {
          restrictions = restrictions.withTenants(new LinkedHashSet<>(tenants));
        }
      }
      case "endpoints" -> endpoints(texts(name, json));
      default -> throw new IllegalArgumentException(SHAPE);
    }
  }

  private static @Nullable String text(String name, JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException(name + " must be a text.");
    }
    return json.getText();
  }

  private static @Nullable String description(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (text.length() > MAX_DESCRIPTION || !isPrintable(text)) {
      throw new IllegalArgumentException("description must be at most " + MAX_DESCRIPTION
          + " characters without control characters.");
    }
    return text;
  }

  private static boolean isPrintable(String text) {
    return text.codePoints()
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  private void end(@Nullable String text) {
    if (endIsSaid) {
      throw new IllegalArgumentException("Say either expires or expiration_date.");
    }
    endIsSaid = true;
    if (text == null) {
      return;
    }
    Instant end =
        ExpiryText.parse(text, now).orElseThrow(() -> new IllegalArgumentException(EXPIRES));
    if (!end.isAfter(now)) {
      throw new IllegalArgumentException(past);
    }
    expires = end;
  }

  private static @Nullable List<String> texts(String name, JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new IllegalArgumentException(name + " must be a list of texts.");
    }
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String text = text("each of " + name, json);
      if (text == null
          || text.isEmpty()
          || text.length() > MAX_NAME
          || !isPrintable(text)
          || texts.size() == MAX_NAMES) {
        throw new IllegalArgumentException(name + " must be at most " + MAX_NAMES
            + " texts of 1 to " + MAX_NAME + " characters without control characters.");
      }
      texts.add(text);
    }
    return texts;
  }

  private void endpoints(@Nullable List<String> patterns) {
    if (patterns == null) {
      return;
    }
    for (String pattern : patterns) {
      try {
        Endpoint.parse(pattern);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("endpoints: " + e.getMessage(), e);
      }
    }
    restrictions = restrictions.withEndpoints(patterns);
  }
}
