package io.sallyport.authprovider.token.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.authprovider.token.internal.store.Change.Revoked;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails. */
final class JournalTest {

  private static final Instant UNTIL = Instant.parse("2027-01-15T08:00:00Z");

  @TempDir
  Path folder;

  private boolean broken;

  private void force(FileChannel written) throws IOException {
    if (broken) {
      throw new IOException("Input/output error");
    }
    written.force(false);
  }

  private static Revoked revoked(String id) {
    return new Revoked(id, UNTIL);
  }

  @Test
  void appendsNothingToAFileAgainThatCouldNotBeForced() throws Exception {
    Path file = folder.resolve("tokens.journal");
    try (Journal journal = new Journal(JournalPlace.of(file), this::force)) {
      journal.rewrite(new TokenTable());
      TokenTable table = journal.refresh(new TokenTable());
      journal.prepare(table);
      journal.append(List.of(revoked("a")));
      table = journal.refresh(table);
      table.apply(revoked("a"));
      Object before = JournalPlace.of(file).state().key();

      broken = true;
      assertThatThrownBy(() -> journal.append(List.of(revoked("b"))))
          .hasMessageContaining("Input/output error");
      TokenTable read = journal.refresh(table);
      assertThatThrownBy(() -> journal.prepare(read)).hasMessageContaining("Input/output error");
      assertThat(folder.resolve(".tokens.journal.new")).doesNotExist();
      assertThat(JournalPlace.of(file).state().key()).isEqualTo(before);

      broken = false;
      TokenTable again = journal.refresh(read);
      journal.prepare(again);
      journal.append(List.of(revoked("c")));

      assertThat(JournalPlace.of(file).state().key()).isNotEqualTo(before);
      assertThat(Files.readString(file)).contains("\"id\":\"a\"").contains("\"id\":\"c\"");
    }
    try (Journal journal = new Journal(JournalPlace.of(file), this::force)) {
      TokenTable table = journal.refresh(new TokenTable());
      assertThat(table.isKnown(revoked("a"))).isTrue();
      assertThat(table.isKnown(revoked("c"))).isTrue();
    }
  }
}
