package io.sallyport.core.internal.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Walks through JSON as RFC 8259 defines it, by Jackson's streaming parser. */
final class JsonCursor implements Cursor {

  private final JsonParser parser;
  private int depth;
  private boolean begun;
  private String text = "";
  private boolean plain;

  JsonCursor(Utf8Reader reader) throws IOException {
    var constraints = StreamReadConstraints.builder()
        .maxStringLength(DocumentReader.MAX_SCALAR + 1)
        .maxNestingDepth(DocumentReader.MAX_DEPTH + 2)
        .build();
    var factory = JsonFactory.builder()
        .streamReadConstraints(constraints)
        // names are short-lived here, and a table of them could be flooded
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
    this.parser = factory.createParser(reader);
  }

  @Override
  public Kind next() {
    JsonToken token = read();
    if (token == null) {
      return Kind.NOTHING_MORE;
    }
    if (depth == 0) {
      if (begun) {
        throw new BrokenDocumentException(
            line(), "something follows the end of the document; a file holds one");
      }
      begun = true;
    }
    if (token.isStructStart()) {
      depth++;
      return token == JsonToken.START_ARRAY ? Kind.SEQUENCE : Kind.MAPPING;
    }
    if (token.isStructEnd()) {
      depth--;
      return Kind.END;
    }
    return Kind.SCALAR;
  }

  private @Nullable JsonToken read() {
    try {
      JsonToken token = parser.nextToken();
      if (token != null && !token.isStructStart() && !token.isStructEnd()) {
        text = parser.getText();
        plain = token != JsonToken.VALUE_STRING && token != JsonToken.FIELD_NAME;
      }
      return token;
    } catch (JsonEOFException e) {
      throw new BrokenDocumentException(
          lineOf(e), "not valid JSON: it ends in the middle; is the file complete?");
    } catch (StreamConstraintsException e) {
      throw new BrokenDocumentException(
          line(), "a text, key, number or nesting is beyond all bounds");
    } catch (JsonProcessingException e) {
      throw new BrokenDocumentException(
          lineOf(e),
          "not valid JSON here; check commas, quotes and brackets, comments are not permitted");
    } catch (IOException e) {
      throw new BrokenDocumentException(line(), "the file cannot be read any further");
    }
  }

  private static int lineOf(JsonProcessingException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public boolean plain() {
    return plain;
  }

  @Override
  public int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  @Override
  public @Nullable String anchor() {
    return null;
  }

  @Override
  public boolean tagged() {
    return false;
  }

  /** The end of a key is not known, since the parser looks ahead for its colon. */
  @Override
  public Place place() {
    long start = parser.currentTokenLocation().getCharOffset();
    long end = parser.currentToken() == JsonToken.FIELD_NAME
        ? start
        : parser.currentLocation().getCharOffset();
    return new Place(start, end, 0, plain ? Place.Style.PLAIN : Place.Style.QUOTED);
  }

  @Override
  public boolean bracketed() {
    return true;
  }
}
