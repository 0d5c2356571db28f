package io.sallyport.core.internal.http;

import io.sallyport.api.Decision;

/** What the author of a page is told whose request was refused, in the words of every profile. */
final class CrossSiteText {

  private CrossSiteText() {}

  static String of(Decision decision) {
    return decision.method() + " " + decision.path()
        + " seems to come from a page of another origin, with a credential that browsers send by"
        + " themselves, and was not carried out. Send a token, or have the origin listed in cors.origins.";
  }
}
