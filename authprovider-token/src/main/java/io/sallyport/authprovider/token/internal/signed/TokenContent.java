package io.sallyport.authprovider.token.internal.signed;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.Restrictions;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a signed token of ours says.
 *
 * @param id what the token is called, no secret
 * @param parentId what ends the token when it is revoked itself, null for nothing
 * @param owner whose it is: by the id of the user, not the name, so that a later user of the same name inherits
 *     nothing
 * @param stampMac what the token remembers of the user's stamp
 * @param signedInAt when the user last proved itself by more than a token
 * @param issuedAt when the token was made, to the millisecond
 * @param goodFrom the first instant at which it is good by the clock of whoever made it
 * @param expiresAt the first instant at which it is no longer good
 * @param restrictions what the token is good for at most
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and made here for one reader
record TokenContent(
    String id,
    @Nullable String parentId,
    TokenOwner owner,
    byte[] stampMac,
    Instant signedInAt,
    Instant issuedAt,
    Instant goodFrom,
    Instant expiresAt,
    Restrictions restrictions) {
  TokenContent {
    requireNonNull(id, "id");
    requireNonNull(owner, "owner");
    requireNonNull(stampMac, "stampMac");
    requireNonNull(signedInAt, "signedInAt");
    requireNonNull(issuedAt, "issuedAt");
    requireNonNull(goodFrom, "goodFrom");
    requireNonNull(expiresAt, "expiresAt");
    requireNonNull(restrictions, "restrictions");
  }

  TokenDetails details() {
    return new TokenDetails(TokenKind.SIGNED, id, parentId, issuedAt, expiresAt);
  }
}
