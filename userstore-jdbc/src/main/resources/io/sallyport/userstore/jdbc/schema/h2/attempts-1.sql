-- Failed logins. Version 1, for H2.

CREATE TABLE IF NOT EXISTS sallyport_schema (
  part VARCHAR(32) NOT NULL PRIMARY KEY,
  version INT NOT NULL
);

-- userstore, user_id, locked_until: for whoever looks at the table; null for clients, and for names that nobody has.
-- state: what counts. Times are milliseconds since 1970 by the clock of the database.
-- Who deletes the row of an account ends its lock.
CREATE TABLE IF NOT EXISTS sallyport_attempts (
  id VARBINARY(17) NOT NULL PRIMARY KEY,
  userstore VARCHAR(256),
  user_id VARCHAR(256),
  locked_until BIGINT,
  expires_at BIGINT NOT NULL,
  state VARBINARY(65535) NOT NULL
);

CREATE INDEX IF NOT EXISTS sallyport_attempts_expiry ON sallyport_attempts (expires_at);

-- one row: the random key by which accounts, names and clients are found, so that they cannot be read from the ids
CREATE TABLE IF NOT EXISTS sallyport_attempt_key (
  id INT NOT NULL PRIMARY KEY,
  secret VARBINARY(32) NOT NULL
);

INSERT INTO sallyport_schema (part, version) VALUES ('attempts', 1);
