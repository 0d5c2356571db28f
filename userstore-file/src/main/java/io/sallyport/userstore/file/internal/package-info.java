/** Parts of the file userstore. Not API: may change in any release. */
@NullMarked
package io.sallyport.userstore.file.internal;

import org.jspecify.annotations.NullMarked;
