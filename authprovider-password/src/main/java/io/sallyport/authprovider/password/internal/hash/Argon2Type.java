package io.sallyport.authprovider.password.internal.hash;

/** The variants of Argon2. */
enum Argon2Type {
  ARGON2D,
  ARGON2I,
  ARGON2ID
}
