package io.sallyport.examples.manager;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What was uploaded under a name. The archive itself is not kept: this example is about who may upload.
 *
 * @param id letters, digits, dots, dashes and underscores, at most 256
 * @param createdBy the name of the user who uploaded it
 */
record Blueprint(String id, Instant createdAt, String createdBy) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,256}");
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  Blueprint {
    requireNonNull(createdAt, "createdAt");
    requireNonNull(createdBy, "createdBy");
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "id must be 1 to 256 letters, digits, dots, dashes or underscores, got length "
              + id.length());
    }
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", id);
    members.put("created_at", MILLIS.format(createdAt));
    members.put("created_by", createdBy);
    return members;
  }
}
