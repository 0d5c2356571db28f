/** Parts of the password provider. Not API: may change in any release. */
@NullMarked
package io.sallyport.authprovider.password.internal.hash;

import org.jspecify.annotations.NullMarked;
