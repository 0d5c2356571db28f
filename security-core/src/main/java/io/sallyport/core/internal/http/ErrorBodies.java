package io.sallyport.core.internal.http;

import io.sallyport.api.Decision;
import io.sallyport.api.Profile;

/** How refusals are put into words, which is what the profiles differ in. */
public interface ErrorBodies {

  /** The words of a profile. */
  static ErrorBodies of(Profile profile) {
    return profile == Profile.STANDARD ? new ProblemBodies() : new CloudifyBodies(profile);
  }

  /** The status for a refused decision. */
  int status(Decision decision);

  /** The value of {@code Content-Type}. */
  String contentType();

  /** The body for a refused decision. */
  byte[] body(Decision decision);

  /**
   * The body for a fault that one of our own endpoints finds.
   *
   * @param kind which fault
   * @param detail what is wrong and what to do, shown to the caller
   */
  byte[] body(EndpointFault kind, String detail);

  /** The status for a fault that one of our own endpoints finds. */
  int status(EndpointFault kind);

  /** What can be wrong with a request to one of our own endpoints. */
  enum EndpointFault {
    /** The body or a value in it. */
    BAD_INPUT(400),
    /** A member is asked for that nothing has. */
    NO_SUCH_FIELD(400),
    /** The body is not of the type that belongs here. */
    CONTENT_TYPE(415),
    /** There is none, or it is not for this caller. */
    NOT_FOUND(404),
    /** The caller may not have what it asks for. */
    NOT_PERMITTED(403),
    /** Nothing makes tokens here. */
    NO_TOKENS(404),
    /** Nobody is asked who sends a request here. */
    NOT_SECURED(404),
    /** Another method is needed. */
    METHOD(405),
    /** It cannot be done now. */
    UNAVAILABLE(503);

    private final int status;

    EndpointFault(int status) {
      this.status = status;
    }

    int status() {
      return status;
    }
  }
}
