package io.sallyport.core.internal.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.sallyport.api.TokenRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads the body of {@code POST /tokens}. */
public final class TokenRequestReader {

  private static final int MAX_LENGTH = 8 * 1024;
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String SHAPE =
      "The body must be empty or a JSON object with \"expires\", an instant such as 2030-01-31T12:00:00Z.";

  private static final JsonFactory JSON = new JsonFactoryBuilder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(4).build())
      .build();

  private TokenRequestReader() {}

  /**
   * Reads a wish for a token.
   *
   * @param body the body of the request, at most 8 KiB
   * @throws IllegalArgumentException if it is no such wish; the message may be shown to the caller
   * @throws IOException if the body cannot be received
   */
  public static TokenRequest read(InputStream body) throws IOException {
    byte[] content = body.readNBytes(MAX_LENGTH + 1);
    if (content.length > MAX_LENGTH) {
      throw new IllegalArgumentException("The body is longer than " + MAX_LENGTH + " bytes.");
    }
    String text = text(content);
    if (text.isBlank()) {
      return TokenRequest.defaults();
    }
    try (JsonParser json = JSON.createParser(text)) {
      return read(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(SHAPE, e);
    }
  }

  /** RFC 8259 section 8.1: UTF-8 and nothing else, where Jackson would guess the encoding. */
  private static String text(byte[] content) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(SHAPE, e);
    }
  }

  private static TokenRequest read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException(SHAPE);
    }
    String description = null;
    Instant expires = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "expires" -> expires = instant(text(json));
        case "description" -> description = text(json);
        default -> throw new IllegalArgumentException(SHAPE);
      }
    }
    if (json.nextToken() != null) {
      throw new IllegalArgumentException(SHAPE);
    }
    return new TokenRequest(description, expires);
  }

  private static @Nullable String text(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException(SHAPE);
    }
    return json.getText();
  }

  private static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(SHAPE, e);
    }
  }
}
