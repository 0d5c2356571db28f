package io.sallyport.userstore.jdbc.internal.schema;

import java.util.Locale;

/** Tables that belong together. Each part has a version of its own and can be in another database. */
public enum SchemaPart {
  /** Users, groups, roles and tenants. */
  USERS,
  /** Tokens, and which were ended before their time. */
  TOKENS,
  /** Failed logins. */
  ATTEMPTS;

  /** The version that this release works with. */
  static final int VERSION = 1;

  /** How the part is called in the table of versions and in the names of scripts. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of its script, the same for all dialects. */
  String script() {
    return key() + "-" + VERSION + ".sql";
  }
}
