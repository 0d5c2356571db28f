/** A userstore that reads users, groups and roles from a file. */
module io.sallyport.userstore.file {
  requires transitive io.sallyport.api;
  requires static transitive org.jspecify;
  requires org.slf4j;
}
