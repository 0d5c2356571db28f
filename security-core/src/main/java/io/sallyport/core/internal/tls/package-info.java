/**
 * Certificate and key from PEM files, for a server that speaks TLS. Not API: may change in any release.
 */
@NullMarked
package io.sallyport.core.internal.tls;

import org.jspecify.annotations.NullMarked;
