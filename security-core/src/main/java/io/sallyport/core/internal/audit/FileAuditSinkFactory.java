package io.sallyport.core.internal.audit;

import io.sallyport.spi.AuditSink;
import io.sallyport.spi.AuditSinkFactory;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.UnavailableException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the audit log {@code file}, from the properties {@code file}, {@code level}, {@code
 * max_file_size_mb}, {@code backup_count} and {@code layout}.
 *
 * <p>The level {@code info} writes down refusals and authenticated passes, {@code debug} passes under an
 * open rule too, {@code warning} and {@code error} refusals only, and {@code critical} nothing.
 */
public final class FileAuditSinkFactory implements AuditSinkFactory {

  private static final Logger LOG = LoggerFactory.getLogger(FileAuditSinkFactory.class);

  // bounded, since a number such as 1e999999999 would fill the memory once it is written out
  private static final Pattern MEGABYTES = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");
  private static final BigDecimal BYTES_PER_MEGABYTE = BigDecimal.valueOf(1024 * 1024);
  private static final int MAX_BACKUPS = 1000;

  private final AuditKeys keys;

  /** For {@link java.util.ServiceLoader}. */
  public FileAuditSinkFactory() {
    this(AuditKeys.SECTION);
  }

  /** For settings that are spelled in another way. */
  public FileAuditSinkFactory(AuditKeys keys) {
    this.keys = keys;
  }

  @Override
  public String name() {
    return "file";
  }

  @Override
  public AuditSink create(Settings settings, ProviderContext context) {
    boolean fileIsNamed = !settings.text(keys.file(), "").isEmpty();
    Path path = settings.file(keys.file());
    AuditLevel level = settings.choice(keys.level(), AuditLevel.class, AuditLevel.INFO);
    LayoutName layout = settings.choice(keys.layout(), LayoutName.class, LayoutName.JSON);
    var limits =
        new RotationLimits(maxBytes(settings, AuditKeys.chosen(settings, keys.size())), (int)
            settings.integer(AuditKeys.chosen(settings, keys.backups()), 20, 0, MAX_BACKUPS));
    if (!fileIsNamed) {
      // the problem is noted, and nothing may be made where a stand-in points to
      return decision -> {
        throw new UnavailableException("the audit log has no file", Duration.ofSeconds(1), null);
      };
    }
    warnOfLosses(path, level, limits);
    try {
      return new RotatingFileAuditSink(
          level, layout.layout(), RotatingFile.open(path, limits, context.clock()));
    } catch (IOException e) {
      throw new InvalidSettingsException(unusable(settings, path, e));
    }
  }

  static long maxBytes(Settings settings, String key) {
    String text = settings.text(key, "100");
    if (MEGABYTES.matcher(text).matches()) {
      long bytes = new BigDecimal(text).multiply(BYTES_PER_MEGABYTE).longValue();
      if (bytes > 0) {
        return bytes;
      }
    }
    settings.reject(key, "expected a number of megabytes above 0, such as 100 or 0.5");
    return 1;
  }

  private static void warnOfLosses(Path path, AuditLevel level, RotationLimits limits) {
    if (!AuditLevel.ERROR.isWrittenAt(level)) {
      LOG.warn(
          "The audit log {} has the level critical: no decision is written down, refusals included",
          path);
    } else if (!AuditLevel.INFO.isWrittenAt(level)) {
      LOG.warn(
          "The audit log {} has a level above info: authenticated passes are not written down",
          path);
    }
    if (limits.backups() == 0) {
      LOG.warn("The audit log {} keeps no backups: all of it is deleted whenever it is full", path);
    }
  }

  private static String unusable(Settings settings, Path path, IOException problem) {
    String remedy = Files.isDirectory(path)
        ? "is a folder; name a file in it"
        : "cannot be opened for writing (" + problem
            + "); let the user that runs the application write there, or name another file";
    return settings.location() + ": the audit log file = \"" + path + "\" " + remedy;
  }
}
