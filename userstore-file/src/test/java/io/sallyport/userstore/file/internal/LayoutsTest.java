package io.sallyport.userstore.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.sallyport.api.Secret;
import io.sallyport.api.User;
import io.sallyport.core.internal.config.FollowedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * However a users file is written, an upgrade changes the one hash and adds the epoch, and leaves every other
 * character as it is.
 */
class LayoutsTest {

  private static final int LAYOUTS = 600;
  private static final String NEW = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$bmV3";

  @TempDir
  Path folder;

  @Test
  void changesTheOneHashAndNothingElse() throws Exception {
    try (var files = new FollowedFiles()) {
      for (long seed = 0; seed < LAYOUTS; seed++) {
        check(files, new Layout(seed), "layout of seed " + seed);
      }
    }
  }

  private void check(FollowedFiles files, Layout layout, String what) throws Exception {
    Path file = Files.writeString(folder.resolve(layout.fileName()), layout.before());
    String expected = layout.after(NEW, boundEpoch());
    var store = FileUserstore.upgrading(files.load(
        "userstore",
        file,
        document -> UsersReader.read(file, document, new UserForm(UsersReader.USERNAME, false))));
    User before = store.findUserById(Layout.ID).orElseThrow();

    boolean replaced = store
        .passwordUpdates()
        .orElseThrow()
        .replaceHash(Layout.ID, Secret.ofText(Layout.OLD), Secret.ofText(NEW));
    store.close();

    assertThat(replaced).as(what + ":\n" + layout.before()).isTrue();
    assertThat(Files.readString(file)).as(what).isEqualTo(expected);
    assertThat(model(Files.readString(file)))
        .as(what)
        .isEqualTo(upgraded(model(layout.before()), layout.ownEpoch()));
    if (layout.isJson()) {
      requireJson(Files.readString(file));
    }
    assertThat(store.findUserById(Layout.ID).orElseThrow().securityStamp())
        .as(what)
        .isEqualTo(before.securityStamp());
  }

  /** What an independent parser finds. */
  private static Map<String, Object> model(String text) {
    return new Yaml().load(text.replace("\uFEFF", "").replace("\t", " "));
  }

  /** The same with the new hash and the epoch that goes with it. */
  private static Map<String, Object> upgraded(Map<String, Object> model, String ownEpoch)
      throws Exception {
    Object users = model.get("users");
    Collection<?> all = users instanceof Map<?, ?> named ? named.values() : (List<?>) users;
    for (Object each : new ArrayList<>(all)) {
      @SuppressWarnings("unchecked")
      Map<String, Object> user = (Map<String, Object>) each;
      if (user.get("id").equals(Layout.ID)) {
        assertThat(user.put("password", NEW)).isEqualTo(Layout.OLD);
        user.put("password_epoch", ownEpoch.isEmpty() ? boundEpoch() : ownEpoch);
      }
    }
    return model;
  }

  /** As docs/configuration.md has it. */
  private static String boundEpoch() throws Exception {
    byte[] epoch = Arrays.copyOf(sha256(Layout.OLD), 16);
    return "upgraded:"
        + HexFormat.of().formatHex(sha256(NEW)).substring(0, 32)
        + ":"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(epoch);
  }

  private static byte[] sha256(String text) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void requireJson(String text) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(text.replace("\uFEFF", ""))) {
      while (parser.nextToken() != null) {
        parser.getText();
      }
    }
  }
}
