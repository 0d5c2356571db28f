/** What every implementation of a part must pass: classes of JUnit 5 to extend. For tests alone. */
module io.sallyport.testkit {
  requires transitive io.sallyport.api;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;
  requires static transitive org.jspecify;

  exports io.sallyport.testkit;
}
