package io.sallyport.core.internal.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.sallyport.api.Attempt;
import io.sallyport.api.Decision;
import io.sallyport.api.Identity;
import io.sallyport.api.TokenDetails;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One JSON object a line, for machines: fields that are not known are left out. */
final class JsonLayout implements AuditLayout {

  private static final DateTimeFormatter UTC_MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private static final int USUAL_LENGTH = 512;

  // a pool of its own: nothing is left behind in the threads of the host
  private final JsonFactory json = new JsonFactoryBuilder()
      .recyclerPool(JsonRecyclerPools.newBoundedPool(16))
      .characterEscapes(new VisibleEscapes())
      .build();

  @Override
  public byte[] line(Decision decision, AuditLevel level) {
    var bytes = new ByteArrayOutputStream(USUAL_LENGTH);
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      writeDecision(out, decision, level);
      writeCaller(out, decision);
      writeWhy(out, decision);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void writeDecision(JsonGenerator out, Decision decision, AuditLevel level)
      throws IOException {
    out.writeStringField("time", UTC_MILLIS.format(decision.time()));
    out.writeStringField("level", level.word());
    out.writeStringField("decision", decision.id());
    out.writeStringField("request", decision.requestId());
    out.writeStringField("outcome", decision.outcome().name().toLowerCase(Locale.ROOT));
    if (!decision.outcome().passes()) {
      // of a pass the status is the endpoint's, and nobody knows it yet
      out.writeNumberField("status", decision.outcome().status());
    }
    out.writeStringField("dispatch", decision.dispatch().name().toLowerCase(Locale.ROOT));
    write(out, "method", decision.method());
    write(out, "path", decision.path());
    write(out, "remote", decision.remoteAddress());
  }

  private static void writeCaller(JsonGenerator out, Decision decision) throws IOException {
    Optional<Identity> identity = decision.identity();
    if (identity.isPresent()) {
      Identity caller = identity.get();
      write(out, "user", caller.name());
      write(out, "user_id", caller.id());
      write(out, "store", caller.store());
      write(out, "provider", caller.provider());
      write(out, "auth_method", caller.method());
      writeToken(out, caller);
    } else {
      write(out, "claimed_user", decision.claimedName().orElse(null));
    }
    write(out, "tenant", decision.tenant().orElse(null));
  }

  /** What a token is called, never its value. */
  private static void writeToken(JsonGenerator out, Identity caller) throws IOException {
    Optional<TokenDetails> token = caller.token();
    if (token.isPresent()) {
      write(out, "token_kind", token.get().kind().name().toLowerCase(Locale.ROOT));
      write(out, "token_id", token.get().id());
      write(out, "token_parent", token.get().parentId());
    }
  }

  private static void writeWhy(JsonGenerator out, Decision decision) throws IOException {
    write(out, "rule", decision.rule().orElse(null));
    write(out, "reason", decision.reason());
    if (decision.attempts().isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("attempts");
    for (Attempt attempt : decision.attempts()) {
      out.writeStartObject();
      write(out, "provider", attempt.provider());
      write(out, "answer", attempt.answer());
      write(out, "detail", attempt.detail());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, String field, @Nullable String text)
      throws IOException {
    if (text != null) {
      out.writeStringField(field, UntrustedText.cut(text));
    }
  }
}
