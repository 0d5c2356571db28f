package io.sallyport.benchmarks;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.servlet.Filter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** Spring Security's resource server as its manual sets one up for JWTs, with roles from a claim. */
final class SpringTokenPeer implements Peer {

  private final AnnotationConfigWebApplicationContext beans;
  private final Filter filter;

  private SpringTokenPeer(AnnotationConfigWebApplicationContext beans) {
    this.beans = beans;
    this.filter = beans.getBean("springSecurityFilterChain", Filter.class);
  }

  static SpringTokenPeer start(TokenAlgorithm algorithm, JWK key) {
    var beans = new AnnotationConfigWebApplicationContext();
    beans.setServletContext(new BenchContext().context());
    beans.addBeanFactoryPostProcessor(
        factory -> factory.registerSingleton("decoder", decoder(algorithm, key)));
    beans.register(Security.class);
    beans.refresh();
    return new SpringTokenPeer(beans);
  }

  private static JwtDecoder decoder(TokenAlgorithm algorithm, JWK key) {
    ConfigurableJWTProcessor<SecurityContext> processor =
        NimbusVerification.processor(algorithm, key);
    // the validators below check the claims, as in each decoder that Spring builds itself
    ((DefaultJWTProcessor<SecurityContext>) processor)
        .setJWTClaimsSetVerifier((claims, context) -> {});
    var decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
        JwtValidators.createDefaultWithIssuer(TokenAlgorithm.ISSUER),
        new JwtAudienceValidator(TokenAlgorithm.AUDIENCE)));
    return decoder;
  }

  @Override
  public Filter filter() {
    return filter;
  }

  @Override
  public void close() {
    beans.close();
  }

  /** What an application would write. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  static class Security {

    @Bean
    SecurityFilterChain chain(HttpSecurity http, JwtDecoder decoder) {
      var roles = new JwtGrantedAuthoritiesConverter();
      roles.setAuthoritiesClaimName("roles");
      roles.setAuthorityPrefix("ROLE_");
      var converter = new JwtAuthenticationConverter();
      converter.setJwtGrantedAuthoritiesConverter(roles);
      http.csrf(AbstractHttpConfigurer::disable)
          .sessionManagement(
              sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
          .authorizeHttpRequests(requests -> requests
              .requestMatchers("/public/**")
              .permitAll()
              .anyRequest()
              .hasRole(Accounts.ROLE))
          .oauth2ResourceServer(server ->
              server.jwt(jwt -> jwt.decoder(decoder).jwtAuthenticationConverter(converter)));
      return http.build();
    }
  }
}
