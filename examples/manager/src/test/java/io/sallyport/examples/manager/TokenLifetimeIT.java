package io.sallyport.examples.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenLifetimeIT {

  @Test
  void aTokenEndsWithItsLifetimeAndSaysSo(@TempDir Path parent) throws Exception {
    ConfigurationFolder folder = ConfigurationFolder.in(parent);
    folder.configure("expires_in_seconds: 600", "expires_in_seconds: 6");
    try (ManagerServer server = folder.start(Container.Kind.JETTY)) {
      Client client = Client.of(server.url());
      String token = client.token("victor");
      assertThat(client.get("/status", "Authentication-Token", token).statusCode())
          .isEqualTo(200);

      Eventually.holds(
          "the token is refused",
          () -> client.get("/status", "Authentication-Token", token).statusCode() == 401);

      HttpResponse<String> answer = client.get("/status", "Authorization", "Bearer " + token);
      assertThat(answer.headers().allValues("WWW-Authenticate"))
          .contains("Bearer realm=\"Sallyport\", error=\"invalid_token\"");
      // why is for the operator only
      assertThat(answer.body()).doesNotContain("expire");
    }
  }
}
