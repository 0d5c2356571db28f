package io.sallyport.core.internal.gate;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.Identity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the tenant in which a request acts, from one header field. */
public final class TenantResolver {

  private static final TenantResolver OFF = new TenantResolver(null);

  private final @Nullable String header;

  private TenantResolver(@Nullable String header) {
    this.header = header;
  }

  /** Requests name no tenant. */
  public static TenantResolver off() {
    return OFF;
  }

  /** The tenant's exact name stands in a header field. */
  public static TenantResolver byHeader(String header) {
    return new TenantResolver(header);
  }

  /** What a request says of its tenant. */
  sealed interface Resolution {

    /** The tenant, or none where none is named and none is needed. */
    record Found(@Nullable String tenant) implements Resolution {}

    /** The request cannot act in a tenant: the caller may not, or it names none or several. */
    record Refused(@Nullable String named, String why) implements Resolution {}
  }

  Resolution resolve(AuthenticationRequest request, Identity identity, boolean required) {
    List<String> named = header == null ? List.of() : request.headers(header);
    if (named.size() > 1) {
      return new Resolution.Refused(null, "more than one tenant is named");
    }
    Optional<String> said = named.isEmpty() && header != null
        ? onlyTenantOf(identity)
        : named.stream().findFirst();
    if (said.isEmpty()) {
      return required
          ? new Resolution.Refused(null, "no tenant is named")
          : new Resolution.Found(null);
    }
    String tenant = said.get();
    // unknown and foreign tenants are one case, so that nobody learns which tenants there are
    return identity.isMemberOf(tenant)
        ? new Resolution.Found(tenant)
        : new Resolution.Refused(tenant, "the caller is not a member of the tenant");
  }

  /** A credential for one tenant, such as that of a job, speaks for itself. */
  private static Optional<String> onlyTenantOf(Identity identity) {
    return identity
        .restrictions()
        .tenants()
        .filter(tenants -> tenants.size() == 1)
        .map(tenants -> tenants.iterator().next());
  }
}
