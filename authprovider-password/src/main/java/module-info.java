/** An authentication provider for names and passwords. */
module io.sallyport.authprovider.password {
  requires transitive io.sallyport.api;
  requires static transitive org.jspecify;
  requires com.sun.jna;
  requires de.mkammerer.argon2.nolibs;
  requires org.slf4j;
}
