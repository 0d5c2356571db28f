package io.sallyport.authprovider.token.internal.store;

import io.sallyport.api.Restrictions;
import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.authprovider.token.internal.store.Change.AllRevoked;
import io.sallyport.authprovider.token.internal.store.Change.Consumed;
import io.sallyport.authprovider.token.internal.store.Change.Deleted;
import io.sallyport.authprovider.token.internal.store.Change.Revoked;
import io.sallyport.authprovider.token.internal.store.Change.Saved;
import io.sallyport.authprovider.token.internal.store.Change.Touched;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes as members of a JSON object. */
final class ChangeMembers {

  private final Map<String, Object> members;

  private ChangeMembers(Map<String, Object> members) {
    this.members = members;
  }

  static void write(Change change, JsonObjectText out) {
    if (change instanceof Saved saved) {
      write(saved.token(), out.text("op", "save"));
    } else if (change instanceof Deleted deleted) {
      out.text("op", "delete").texts("ids", deleted.ids());
    } else if (change instanceof Consumed consumed) {
      out.text("op", "consume").text("id", consumed.id()).text("at", consumed.at());
    } else if (change instanceof Revoked revoked) {
      out.text("op", "revoke").text("id", revoked.id()).text("until", revoked.until());
    } else if (change instanceof AllRevoked all) {
      write(all.owner(), out.text("op", "revoke_all"));
      out.text("before", all.issuedBefore()).text("until", all.until());
    } else if (change instanceof Touched touched) {
      List<String> ids = List.copyOf(touched.lastUsed().keySet());
      out.text("op", "touch")
          .texts("ids", ids)
          .texts("at", ids.stream().map(touched.lastUsed()::get).toList());
    }
  }

  private static void write(TokenOwner owner, JsonObjectText out) {
    out.text("store", owner.store()).text("user_id", owner.userId());
  }

  private static void write(StoredToken token, JsonObjectText out) {
    out.text("id", token.id()).text("kind", token.kind());
    write(token.owner(), out);
    out.text("username", token.username())
        .text("hash", token.secretHash())
        .text("stamp", Base64.getEncoder().encodeToString(token.stampMac()))
        .text("family", token.familyId().orElse(null))
        .text("description", token.description().orElse(null))
        .text("created", token.createdAt())
        .text("signed_in", token.signedInAt())
        .text("expires", token.expiresAt().orElse(null))
        .text("last_used", token.lastUsedAt().orElse(null))
        .text("consumed", token.consumedAt().orElse(null))
        .texts("roles", token.restrictions().roles().orElse(null))
        .texts("tenants", token.restrictions().tenants().orElse(null))
        .texts("endpoints", token.restrictions().endpoints().orElse(null));
  }

  /**
   * The change that an object describes.
   *
   * @throws IllegalArgumentException if it describes none, saying why
   */
  static Change read(Map<String, Object> members) {
    ChangeMembers in = new ChangeMembers(members);
    String op = in.text("op");
    return switch (op) {
      case "save" -> new Saved(in.token());
      case "delete" -> new Deleted(in.texts("ids"));
      case "consume" -> new Consumed(in.text("id"), in.instant("at"));
      case "revoke" -> new Revoked(in.text("id"), in.instant("until"));
      case "revoke_all" -> new AllRevoked(in.owner(), in.instant("before"), in.instant("until"));
      case "touch" -> new Touched(in.uses());
      default -> throw new IllegalArgumentException("its \"op\" is not known");
    };
  }

  private TokenOwner owner() {
    return new TokenOwner(text("store"), text("user_id"));
  }

  private StoredToken token() {
    return StoredToken.builder(
            TokenKind.valueOf(text("kind")),
            text("id"),
            owner(),
            text("username"),
            instant("created"))
        .secretHash(text("hash"))
        .stampMac(Base64.getDecoder().decode(text("stamp")))
        .familyId(members.containsKey("family") ? text("family") : null)
        .description(members.containsKey("description") ? text("description") : null)
        .signedInAt(instant("signed_in"))
        .expiresAt(instantOrNull("expires"))
        .lastUsedAt(instantOrNull("last_used"))
        .consumedAt(instantOrNull("consumed"))
        .restrictions(restrictions())
        .build();
  }

  private Restrictions restrictions() {
    Restrictions restrictions = Restrictions.none();
    if (members.containsKey("roles")) {
      restrictions = restrictions.withRoles(Set.copyOf(texts("roles")));
    }
    if (members.containsKey("tenants")) {
      restrictions = restrictions.withTenants(Set.copyOf(texts("tenants")));
    }
    if (members.containsKey("endpoints")) {
      restrictions = restrictions.withEndpoints(texts("endpoints"));
    }
    return restrictions;
  }

  private Map<String, Instant> uses() {
    List<String> ids = texts("ids");
    List<String> at = texts("at");
    if (ids.size() != at.size()) {
      throw new IllegalArgumentException("\"ids\" and \"at\" are of different length");
    }
    Map<String, Instant> uses = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      uses.put(ids.get(i), parse("at", at.get(i)));
    }
    return uses;
  }

  private String text(String key) {
    if (members.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("it has no text \"" + key + "\"");
  }

  private List<String> texts(String key) {
    if (members.get(key) instanceof List<?> list
        && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw new IllegalArgumentException("it has no list of texts \"" + key + "\"");
  }

  private @Nullable Instant instantOrNull(String key) {
    return members.containsKey(key) ? instant(key) : null;
  }

  private Instant instant(String key) {
    return parse(key, text(key));
  }

  private static Instant parse(String key, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("its \"" + key + "\" is no instant", e);
    }
  }
}
