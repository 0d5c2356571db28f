/** Parts of the certificate provider. Not API: may change in any release. */
@NullMarked
package io.sallyport.authprovider.certificate.internal;

import org.jspecify.annotations.NullMarked;
