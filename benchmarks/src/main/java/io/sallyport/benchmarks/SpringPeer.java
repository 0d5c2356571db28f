package io.sallyport.benchmarks;

import jakarta.servlet.Filter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** Spring Security as its manual sets up a stateless API with HTTP Basic. */
final class SpringPeer implements Peer {

  private final AnnotationConfigWebApplicationContext beans;
  private final Filter filter;

  private SpringPeer(AnnotationConfigWebApplicationContext beans) {
    this.beans = beans;
    this.filter = beans.getBean("springSecurityFilterChain", Filter.class);
  }

  static SpringPeer start(Accounts accounts) {
    var beans = new AnnotationConfigWebApplicationContext();
    beans.setServletContext(new BenchContext().context());
    beans.addBeanFactoryPostProcessor(factory -> factory.registerSingleton("accounts", accounts));
    beans.register(Security.class);
    beans.refresh();
    return new SpringPeer(beans);
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
    SecurityFilterChain chain(HttpSecurity http) {
      http.csrf(AbstractHttpConfigurer::disable)
          .sessionManagement(
              sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
          .authorizeHttpRequests(requests -> requests
              .requestMatchers("/public/**")
              .permitAll()
              .anyRequest()
              .hasRole(Accounts.ROLE))
          .httpBasic(Customizer.withDefaults());
      return http.build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
      return new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
    }

    @Bean
    UserDetailsService users(Accounts accounts) {
      return new InMemoryUserDetailsManager(accounts.names().stream()
          .map(name -> User.withUsername(name)
              .password(accounts.hash())
              .roles(Accounts.ROLE)
              .build())
          .toList());
    }
  }
}
