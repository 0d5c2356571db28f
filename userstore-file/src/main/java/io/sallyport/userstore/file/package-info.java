/**
 * A userstore that keeps users, groups and roles in one YAML or JSON file and follows it, or has them
 * in-line in the configuration. Configured by the name {@code file}; see {@link
 * io.sallyport.userstore.file.FileUserstoreFactory}.
 *
 * @since 0.1
 */
@NullMarked
package io.sallyport.userstore.file;

import org.jspecify.annotations.NullMarked;
