package io.sallyport.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.sallyport.benchmarks.load.LoadTest.Plan;
import org.junit.jupiter.api.Test;

class LoadTestTest {

  @Test
  void talksToAServerOfItsOwn() {
    // surefire hides the class path in the manifest of a jar of its own
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    // whether the goals are met on a busy machine in a second is not the question here
    assertThatCode(() -> new LoadTest(new Plan(1, 100, 1, 5, 5, 20), classPath).run())
        .doesNotThrowAnyException();
  }
}
