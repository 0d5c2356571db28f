/** Users, groups and roles in a YAML or JSON file that is followed, or in-line in the configuration. */
module io.sallyport.userstore.file {
  requires transitive io.sallyport.api;
  requires static transitive org.jspecify;

  exports io.sallyport.userstore.file;

  provides io.sallyport.spi.UserstoreFactory with
      io.sallyport.userstore.file.FileUserstoreFactory;
}
