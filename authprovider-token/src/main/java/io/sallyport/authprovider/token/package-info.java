/** Authentication by signed and stored tokens, and how such tokens are issued. */
@NullMarked
package io.sallyport.authprovider.token;

import org.jspecify.annotations.NullMarked;
