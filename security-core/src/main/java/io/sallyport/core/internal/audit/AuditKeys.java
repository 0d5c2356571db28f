package io.sallyport.core.internal.audit;

import io.sallyport.spi.Settings;
import java.util.List;

/**
 * How the settings of the audit log are spelled.
 *
 * @param file the key of the file
 * @param level the key of the level
 * @param size the keys of the size at which the file is rotated; the first one that is there counts
 * @param backups the keys of the number of old files, likewise
 * @param layout the key of the layout
 */
public record AuditKeys(
    String file, String level, List<String> size, List<String> backups, String layout) {

  /** In the section {@code audit:}. */
  static final AuditKeys SECTION = new AuditKeys(
      "file", "level", List.of("max_file_size_mb"), List.of("backup_count"), "layout");

  /** At the top of the file, as the Cloudify Manager has them; its guide had two spellings. */
  public static final AuditKeys CLOUDIFY = new AuditKeys(
      "audit_log_file",
      "audit_log_level",
      List.of("audit_log_file_size_MB", "log_file_size_MB"),
      List.of("audit_log_files_backup_count", "log_files_backup_count"),
      "audit_log_layout");

  /** The spelling that a configuration has chosen. */
  static String chosen(Settings settings, List<String> spellings) {
    return spellings.stream().filter(settings::has).findFirst().orElse(spellings.get(0));
  }
}
