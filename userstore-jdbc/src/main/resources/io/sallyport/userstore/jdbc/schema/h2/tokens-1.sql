-- Tokens, and which were ended before their time. Version 1, for H2.
-- Texts are bytes, so that they are compared exactly and any can be kept: UTF-8, but CESU-8 beyond the characters of 16
-- bits, whose order is that of UTF-16. Instants are seconds since 1970.

CREATE TABLE IF NOT EXISTS sallyport_schema (
  part VARCHAR(32) NOT NULL PRIMARY KEY,
  version INT NOT NULL
);

-- counts what changes, for nodes that keep what they have read
CREATE TABLE IF NOT EXISTS sallyport_changes (
  part VARCHAR(32) NOT NULL PRIMARY KEY,
  counter BIGINT NOT NULL
);

-- secret_hash: a keyed hash, of no use without the key.
CREATE TABLE IF NOT EXISTS sallyport_tokens (
  id VARBINARY(768) NOT NULL PRIMARY KEY,
  kind VARCHAR(16) NOT NULL,
  store VARBINARY(768) NOT NULL,
  user_id VARBINARY(768) NOT NULL,
  username VARBINARY(768) NOT NULL,
  secret_hash VARBINARY(768) NOT NULL,
  stamp_mac VARBINARY(1024) NOT NULL,
  family VARBINARY(768),
  description VARBINARY,
  created_at DECIMAL(29, 9) NOT NULL,
  signed_in_at DECIMAL(29, 9) NOT NULL,
  expires_at DECIMAL(29, 9),
  last_used_at DECIMAL(29, 9),
  consumed_at DECIMAL(29, 9),
  restrictions VARBINARY
);

CREATE INDEX IF NOT EXISTS sallyport_tokens_of_owner ON sallyport_tokens (store, user_id);

CREATE INDEX IF NOT EXISTS sallyport_tokens_of_family ON sallyport_tokens (family, consumed_at);

CREATE INDEX IF NOT EXISTS sallyport_tokens_by_end ON sallyport_tokens (kind, expires_at);

-- change_number: the counter of sallyport_changes when the row was written
CREATE TABLE IF NOT EXISTS sallyport_revocations (
  id VARBINARY(768) NOT NULL PRIMARY KEY,
  until_at DECIMAL(29, 9) NOT NULL,
  change_number BIGINT NOT NULL
);

CREATE INDEX IF NOT EXISTS sallyport_revocations_by_change ON sallyport_revocations (change_number);

CREATE INDEX IF NOT EXISTS sallyport_revocations_by_end ON sallyport_revocations (until_at);

CREATE TABLE IF NOT EXISTS sallyport_token_cutoffs (
  store VARBINARY(768) NOT NULL,
  user_id VARBINARY(768) NOT NULL,
  issued_before DECIMAL(29, 9) NOT NULL,
  until_at DECIMAL(29, 9) NOT NULL,
  change_number BIGINT NOT NULL,
  PRIMARY KEY (store, user_id)
);

CREATE INDEX IF NOT EXISTS sallyport_token_cutoffs_by_change ON sallyport_token_cutoffs (change_number);

CREATE INDEX IF NOT EXISTS sallyport_token_cutoffs_by_end ON sallyport_token_cutoffs (until_at);

INSERT INTO sallyport_changes (part, counter) SELECT 'tokens', 0
  WHERE NOT EXISTS (SELECT 1 FROM sallyport_changes WHERE part = 'tokens');

-- when what is of no use any more was last deleted, so that one node does it at a time
INSERT INTO sallyport_changes (part, counter) SELECT 'token_sweeps', 0
  WHERE NOT EXISTS (SELECT 1 FROM sallyport_changes WHERE part = 'token_sweeps');

INSERT INTO sallyport_schema (part, version) VALUES ('tokens', 1);
