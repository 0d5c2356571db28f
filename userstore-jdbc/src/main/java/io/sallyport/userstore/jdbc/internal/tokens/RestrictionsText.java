package io.sallyport.userstore.jdbc.internal.tokens;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.sallyport.api.Restrictions;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a token is good for at most, as JSON in ASCII. What is not restricted is not written, what is not known is an error. */
final class RestrictionsText {

  private static final JsonFactory JSON =
      JsonFactory.builder().configure(JsonWriteFeature.ESCAPE_NON_ASCII, true).build();
  private static final String ROLES = "roles";
  private static final String TENANTS = "tenants";
  private static final String ENDPOINTS = "endpoints";

  private RestrictionsText() {}

  static @Nullable String write(Restrictions restrictions) {
    if (restrictions.equals(Restrictions.none())) {
      return null;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      write(json, ROLES, restrictions.roles());
      write(json, TENANTS, restrictions.tenants());
      write(json, ENDPOINTS, restrictions.endpoints());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(
      JsonGenerator json, String key, Optional<? extends Collection<String>> values)
      throws IOException {
    if (values.isPresent()) {
      json.writeArrayFieldStart(key);
      for (String value : values.get()) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
  }

  /**
   * Reads what was written.
   *
   * @throws IllegalStateException if it was not written by {@link #write}: a restriction that is not understood must
   *     not be passed over
   */
  static Restrictions read(@Nullable String text) {
    if (text == null) {
      return Restrictions.none();
    }
    try (JsonParser json = JSON.createParser(text)) {
      Restrictions restrictions = Restrictions.none();
      expect(json.nextToken() == JsonToken.START_OBJECT);
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String key = json.currentName();
        List<String> values = values(json);
        restrictions = switch (String.valueOf(key)) {
          case ROLES -> restrictions.withRoles(new LinkedHashSet<>(values));
          case TENANTS -> restrictions.withTenants(new LinkedHashSet<>(values));
          case ENDPOINTS -> restrictions.withEndpoints(values);
          default -> throw new IllegalStateException("unknown restriction of a token");
        };
      }
      expect(json.nextToken() == null);
      return restrictions;
    } catch (IOException e) {
      throw new IllegalStateException("the restrictions of a token are damaged", e);
    }
  }

  private static List<String> values(JsonParser json) throws IOException {
    List<String> values = new ArrayList<>();
    expect(json.nextToken() == JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken() == JsonToken.VALUE_STRING);
      values.add(json.getText());
    }
    return values;
  }

  private static void expect(boolean condition) {
    if (!condition) {
      throw new IllegalStateException("the restrictions of a token are damaged");
    }
  }
}
