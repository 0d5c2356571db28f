/**
 * Who is at the other end, and whether over TLS: addresses, declared proxies, HTTPS. Knows nothing of
 * servlets. Not API: may change in any release.
 */
@NullMarked
package io.sallyport.core.internal.transport;

import org.jspecify.annotations.NullMarked;
