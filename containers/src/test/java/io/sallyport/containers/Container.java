package io.sallyport.containers;

import java.io.File;
import java.nio.file.Path;

/** A container that Sallyport supports, in a version that the proof is made on. */
enum Container {
  TOMCAT_10_1("tomcat-10.1", TomcatHost.class),
  TOMCAT_11_0("tomcat-11.0", TomcatHost.class),
  JETTY_12_0_EE10("jetty-12.0-ee10", JettyEe10Host.class),
  JETTY_12_1_EE10("jetty-12.1-ee10", JettyEe10Host.class),
  JETTY_12_1_EE11("jetty-12.1-ee11", JettyEe11Host.class),
  UNDERTOW_2_3("undertow-2.3", UndertowHost.class);

  private final String label;
  private final Class<?> host;

  Container(String label, Class<?> host) {
    this.label = label;
    this.host = host;
  }

  /** The class that starts it. */
  String mainClass() {
    return host.getName();
  }

  /** The host application, the library, and the jars of this container alone. */
  String classPath() {
    Path jars = Path.of(System.getProperty("containers.folder"));
    return String.join(
        File.pathSeparator,
        System.getProperty("host.classes"),
        jars.resolve("library").resolve("*").toString(),
        jars.resolve(label).resolve("*").toString());
  }

  @Override
  public String toString() {
    return label;
  }
}
