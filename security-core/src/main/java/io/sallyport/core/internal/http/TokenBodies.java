package io.sallyport.core.internal.http;

import io.sallyport.api.Identity;
import io.sallyport.api.IssuedToken;
import io.sallyport.api.Profile;
import io.sallyport.api.Restrictions;
import io.sallyport.api.StoredToken;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What answers say of tokens, in one of the forms. */
public final class TokenBodies {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
  private static final Set<String> STANDARD_MEMBERS = Set.of(
      "id",
      "username",
      "userstore",
      "description",
      "created",
      "expires",
      "last_used",
      "restrictions");
  private static final Set<String> CLOUDIFY_MEMBERS =
      Set.of("id", "username", "value", "role", "expiration_date", "last_used", "description");

  private final Profile form;

  /**
   * Bodies.
   *
   * @param form whose form they have
   */
  public TokenBodies(Profile form) {
    this.form = form;
  }

  /** The body that shows a new token's value, this once. */
  public byte[] issued(Identity caller, IssuedToken token, Restrictions wish) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    switch (form) {
      case CLOUDIFY_3 -> members.put("value", token.value().revealText());
      case CLOUDIFY_4 -> {
        members.put("id", token.id());
        members.put("username", caller.name());
        members.put("value", token.value().revealText());
        members.put("role", role(caller.roles()));
        members.put("expiration_date", time(token.expiresAt()));
        members.put("last_used", null);
        members.put("description", token.description());
      }
      case STANDARD -> {
        members.put("id", token.id());
        members.put("value", token.value().revealText());
        members.put("expires", time(token.expiresAt()));
        if (token.description() != null) {
          members.put("description", token.description());
        }
        if (wish.isScoped()) {
          members.put("restrictions", restrictions(wish));
        }
        token.refreshToken().ifPresent(refresh -> {
          members.put("refresh_token", refresh.value().revealText());
          members.put("refresh_expires", time(refresh.expiresAt()));
        });
      }
    }
    return JsonText.object(members);
  }

  /** A stored token without its value, which nobody knows any more. */
  public Map<String, @Nullable Object> stored(StoredToken token, Collection<String> rolesOfOwner) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("id", token.id());
    members.put("username", token.username());
    if (form == Profile.STANDARD) {
      members.put("userstore", token.owner().store());
      members.put("description", token.description().orElse(null));
      members.put("created", time(Optional.of(token.createdAt())));
      members.put("expires", time(token.expiresAt()));
      members.put("last_used", time(token.lastUsedAt()));
      if (token.restrictions().isScoped()) {
        members.put("restrictions", restrictions(token.restrictions()));
      }
    } else {
      members.put("value", "ctok-" + token.id() + "-********");
      members.put("role", role(rolesOfOwner));
      members.put("expiration_date", time(token.expiresAt()));
      members.put("last_used", time(token.lastUsedAt()));
      members.put("description", token.description().orElse(null));
    }
    return members;
  }

  /** Whether a stored token may have such a member. */
  public boolean isMember(String name) {
    return (form == Profile.STANDARD ? STANDARD_MEMBERS : CLOUDIFY_MEMBERS).contains(name);
  }

  /** A page of tokens. */
  public byte[] page(List<Map<String, @Nullable Object>> items, TokenListing listing, long total) {
    if (!listing.include().isEmpty()) {
      items.forEach(item -> item.keySet().retainAll(listing.include()));
    }
    Map<String, @Nullable Object> pagination = new LinkedHashMap<>();
    pagination.put("total", total);
    pagination.put("offset", listing.query().offset());
    pagination.put("size", listing.query().size());
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("pagination", pagination);
    metadata.put("filtered", null);
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("items", items);
    members.put("metadata", metadata);
    return JsonText.object(members);
  }

  private static Map<String, @Nullable Object> restrictions(Restrictions restrictions) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    restrictions.roles().ifPresent(roles -> members.put("roles", new TreeSet<>(roles)));
    restrictions.tenants().ifPresent(tenants -> members.put("tenants", new TreeSet<>(tenants)));
    restrictions.endpoints().ifPresent(endpoints -> members.put("endpoints", endpoints));
    return members;
  }

  private static @Nullable String role(Collection<String> roles) {
    return roles.stream().sorted().findFirst().orElse(null);
  }

  private static @Nullable String time(Optional<Instant> instant) {
    return instant.map(i -> MILLIS.format(i.truncatedTo(ChronoUnit.MILLIS))).orElse(null);
  }
}
