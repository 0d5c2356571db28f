/**
 * Authentication by user name and password: HTTP Basic (RFC 7617) against userstores.
 *
 * <p>A host names {@code implementation: password} in its configuration; code needs only {@link
 * io.sallyport.authprovider.password.PasswordHashes}, to make the hashes that a userstore holds, and {@link
 * io.sallyport.authprovider.password.PasswordPolicy}, to judge new passwords.
 *
 * @since 0.1
 */
@NullMarked
package io.sallyport.authprovider.password;

import org.jspecify.annotations.NullMarked;
