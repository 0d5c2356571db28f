package io.sallyport.spi;

/**
 * Makes one kind of part from its entry in the configuration. Found by {@link java.util.ServiceLoader};
 * each kind of part has an interface of its own that narrows this one.
 *
 * <p>A factory has a public constructor without parameters, keeps no state, and does nothing until
 * {@link #create} is called.
 *
 * @param <T> what it makes
 * @since 0.1
 */
public interface Factory<T> {

  /**
   * The word that {@code implementation:} names it by.
   *
   * @return a short lower-case name, unique among the factories of its kind
   */
  String name();

  /**
   * Makes the part, complete and valid.
   *
   * <p>Read all settings first, then build: a bad setting is noted where it is read and a stand-in is
   * returned, so that all problems are reported at once; what is built from stand-ins is thrown away.
   *
   * @param settings the entry's {@code properties:}
   * @param context what the host offers
   * @return the part
   * @throws InvalidSettingsException if the settings do not go together
   */
  T create(Settings settings, ProviderContext context);
}
