package io.sallyport.authprovider.token.internal.signed;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.Restrictions;
import java.time.Instant;

/**
 * What a signed token of ours says.
 *
 * @param id what the token is called, no secret
 * @param store the userstore in which {@code subject} is unique
 * @param subject the id of the user, not the name: a later user of the same name inherits nothing
 * @param stampMac what the token remembers of the user's stamp
 * @param signedInAt when the user last proved itself by more than a token
 * @param issuedAt when the token was made
 * @param expiresAt the first instant at which it is no longer good
 * @param restrictions what the token is good for at most
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and made here for one reader
record TokenContent(
    String id,
    String store,
    String subject,
    byte[] stampMac,
    Instant signedInAt,
    Instant issuedAt,
    Instant expiresAt,
    Restrictions restrictions) {
  TokenContent {
    requireNonNull(id, "id");
    requireNonNull(store, "store");
    requireNonNull(subject, "subject");
    requireNonNull(stampMac, "stampMac");
    requireNonNull(signedInAt, "signedInAt");
    requireNonNull(issuedAt, "issuedAt");
    requireNonNull(expiresAt, "expiresAt");
    requireNonNull(restrictions, "restrictions");
  }
}
