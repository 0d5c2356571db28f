package io.sallyport.authprovider.token.internal.oidc;

import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import io.sallyport.authprovider.token.internal.jws.StrictJson;
import io.sallyport.authprovider.token.internal.keys.JwkSet;
import io.sallyport.authprovider.token.internal.keys.Signatures;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys of one issuer are. Nothing of a token has a say in it.
 *
 * @param issuer the issuer
 * @param jwksUri the address of its keys, null to ask its metadata for it each time
 * @param loopbackHttp whether the address may be one of plain HTTP on this machine
 * @param algorithms what keys are taken for
 * @param signatures what computes
 * @param fetcher what gets documents
 */
record IssuerKeys(
    String issuer,
    @Nullable URI jwksUri,
    boolean loopbackHttp,
    Set<JwsAlgorithm> algorithms,
    Signatures signatures,
    Fetcher fetcher)
    implements KeySource.Fetch {

  /** Deeper than metadata ever are. */
  private static final int MAX_DEPTH = 16;

  @Override
  public JwkSet fetch() throws FetchFailedException {
    URI address = jwksUri == null ? discovered() : jwksUri;
    byte[] document = fetcher.get(address);
    try {
      String json =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
      return JwkSet.read(json, algorithms, signatures);
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new FetchFailedException(address + " has no JWK Set that can be used", e);
    }
  }

  private URI discovered() throws FetchFailedException {
    URI address = IssuerAddress.discovery(issuer);
    Map<String, @Nullable Object> metadata = StrictJson.nested(fetcher.get(address), MAX_DEPTH)
        .orElseThrow(() -> new FetchFailedException(address + " has no JSON object", null));
    if (!issuer.equals(metadata.get("issuer"))) {
      throw new FetchFailedException(
          address + " is of another issuer than the one that is configured, which must be the same"
              + " character by character",
          null);
    }
    if (metadata.get("jwks_uri") instanceof String text) {
      return IssuerAddress.parse(text, loopbackHttp)
          .orElseThrow(
              () -> new FetchFailedException(address + " has a jwks_uri that is not https", null));
    }
    throw new FetchFailedException(address + " has no jwks_uri", null);
  }
}
