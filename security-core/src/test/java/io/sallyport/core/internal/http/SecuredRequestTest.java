package io.sallyport.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.Decision;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.Outcome;
import io.sallyport.api.Restrictions;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.Subject.StoreUser;
import io.sallyport.api.User;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecuredRequestTest {

  private final HttpServletRequest raw = answering(HttpServletRequest.class, Map.of());
  private final SecuredRequest secured = new SecuredRequest(raw, decision());

  private static Decision decision() {
    return Decision.builder(
            new DecisionIds().next(), Instant.EPOCH, Dispatch.REQUEST, "GET", "/x", "127.0.0.1")
        .end(Outcome.OPEN, "an open rule");
  }

  /** A part of a container that answers some of its methods, and null to all others. */
  private static <T> T answering(Class<T> type, Map<String, ?> answers) {
    return type.cast(Proxy.newProxyInstance(
        SecuredRequestTest.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> answers.get(method.getName())));
  }

  private AsyncContext begunWith(ServletRequest request, boolean original) {
    Map<String, Object> answers = new HashMap<>();
    answers.put("hasOriginalRequestAndResponse", original);
    answers.put("getRequest", request);
    return new SecuredAsyncContext(answering(AsyncContext.class, answers), secured);
  }

  @Test
  void theDecisionIsThatOfTheOutermostRequestOfOurs() {
    SecuredRequest outer = new SecuredRequest(new HttpServletRequestWrapper(secured), decision());

    assertThat(SecuredRequest.decision(raw)).isEmpty();
    assertThat(SecuredRequest.decision(new HttpServletRequestWrapper(raw))).isEmpty();
    assertThat(SecuredRequest.decision(new SecuredRequest(raw, null))).isEmpty();
    assertThat(SecuredRequest.decision(new HttpServletRequestWrapper(outer)))
        .isEqualTo(SecuredRequest.decision(outer))
        .isNotEqualTo(SecuredRequest.decision(secured));
  }

  private static SecuredRequest requestOf(Restrictions restrictions, @Nullable String tenant) {
    User user = User.builder("u1", "alice")
        .roles(Set.of("viewer", "admin"))
        .tenantRoles(Map.of("acme", Set.of("operator")))
        .build(SecurityStamp.of("u1", new byte[] {1}, true, null));
    Evidence evidence = Evidence.of("token", Instant.EPOCH).withRestrictions(restrictions);
    Decision decision = Decision.builder(
            new DecisionIds().next(), Instant.EPOCH, Dispatch.REQUEST, "GET", "/x", "127.0.0.1")
        .identity(Identity.of("p", new Authenticated(new StoreUser("main", user), evidence)))
        .tenant(tenant)
        .end(Outcome.ALLOWED, "why");
    return new SecuredRequest(answering(HttpServletRequest.class, Map.of()), decision);
  }

  @Test
  void theCallerIsInTheRolesThatTheCredentialIsGoodForAndNoOthers() {
    SecuredRequest whole = requestOf(Restrictions.none(), "acme");
    SecuredRequest viewing = requestOf(Restrictions.none().withRoles(Set.of("viewer")), "acme");
    SecuredRequest inAcme = requestOf(Restrictions.none().withTenants(Set.of("acme")), "acme");
    SecuredRequest nowhere = requestOf(Restrictions.none().withTenants(Set.of("acme")), null);

    assertThat(whole.isUserInRole("admin")).isTrue();
    assertThat(whole.isUserInRole("operator")).isTrue();
    assertThat(viewing.isUserInRole("viewer")).isTrue();
    assertThat(viewing.isUserInRole("admin")).isFalse();
    assertThat(viewing.isUserInRole("operator")).isFalse();
    assertThat(inAcme.isUserInRole("operator")).isTrue();
    assertThat(nowhere.isUserInRole("viewer")).isFalse();
    assertThat(nowhere.getRemoteUser()).isEqualTo("alice");
  }

  @Test
  void aContextThatNamesNoRequestHasTheCaller() {
    HttpServletRequest wrapper = new HttpServletRequestWrapper(raw);

    assertThat(begunWith(raw, true).getRequest()).isSameAs(secured);
    assertThat(begunWith(wrapper, true).getRequest()).isInstanceOf(SecuredRequest.class);
    assertThat(begunWith(secured, true).getRequest()).isSameAs(secured);
  }

  @Test
  void aContextGivesBackTheRequestThatItWasBegunWith() {
    HttpServletRequest wrapper = new HttpServletRequestWrapper(raw);

    assertThat(begunWith(wrapper, false).getRequest()).isSameAs(wrapper);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsNoHttpRequestStaysAsItIs(boolean original) {
    ServletRequest other = answering(ServletRequest.class, Map.of());

    assertThat(begunWith(other, original).getRequest()).isSameAs(other);
  }

  @Test
  void anEventOfAnotherContextOrWithoutARequestIsHandedOn() {
    SecuredAsyncContext context = (SecuredAsyncContext) begunWith(raw, true);
    AsyncContext other = begunWith(raw, false);
    IllegalStateException thrown = new IllegalStateException("on purpose");

    AsyncEvent event = context.shown(new AsyncEvent(other, null, null, thrown));

    assertThat(event.getAsyncContext()).isNotSameAs(context);
    assertThat(event.getAsyncContext().getRequest()).isSameAs(raw);
    assertThat(event.getSuppliedRequest()).isNull();
    assertThat(event.getThrowable()).isSameAs(thrown);
  }
}
