/** Users, groups and roles in a file. */
@NullMarked
package io.sallyport.userstore.file;

import org.jspecify.annotations.NullMarked;
