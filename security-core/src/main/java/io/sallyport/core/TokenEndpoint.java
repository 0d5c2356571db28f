package io.sallyport.core;

import io.sallyport.api.Profile;
import org.jspecify.annotations.Nullable;

/**
 * A path where tokens are made, listed and ended.
 *
 * @param path the exact path
 * @param generator the name of what makes them, null for the first one
 * @param form whose form the answers have, null for the profile's
 */
record TokenEndpoint(
    String path, @Nullable String generator, @Nullable Profile form) {

  Profile form(Profile usual) {
    return form == null ? usual : form;
  }

  /** Whether a GET makes a token, which the gate has to know: a link makes a browser send one. */
  boolean mintsByGet(Profile usual) {
    return form(usual) == Profile.CLOUDIFY_3;
  }

  boolean includes(String other) {
    return other.equals(path) || other.startsWith(path + "/");
  }
}
