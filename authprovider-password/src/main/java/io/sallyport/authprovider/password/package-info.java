/** Authentication by name and password. */
@NullMarked
package io.sallyport.authprovider.password;

import org.jspecify.annotations.NullMarked;
