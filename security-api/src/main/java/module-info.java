/**
 * What plug-ins of Sallyport compile against: the interfaces they implement and the values that go
 * in and out of them. Needs nothing at run time.
 */
module io.sallyport.api {
  requires transitive java.sql;
  requires static transitive org.jspecify;

  exports io.sallyport.api;
  exports io.sallyport.spi;
}
