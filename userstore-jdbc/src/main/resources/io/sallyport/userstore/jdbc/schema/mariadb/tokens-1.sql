-- Tokens, and which were ended before their time. Version 1, for MariaDB, and MySQL from 8.0.17 on.
-- MySQL has its binary collation without padding under another name: each takes its own of the two comments.
-- Texts are bytes, so that they are compared exactly and any can be kept: UTF-8, but CESU-8 beyond the characters of 16
-- bits, whose order is that of UTF-16. Instants are seconds since 1970.

CREATE TABLE IF NOT EXISTS sallyport_schema (
  part VARCHAR(32) NOT NULL PRIMARY KEY,
  version INT NOT NULL
) ENGINE InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

-- counts what changes, for nodes that keep what they have read
CREATE TABLE IF NOT EXISTS sallyport_changes (
  part VARCHAR(32) NOT NULL PRIMARY KEY,
  counter BIGINT NOT NULL
) ENGINE InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

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
  description MEDIUMBLOB,
  created_at DECIMAL(29, 9) NOT NULL,
  signed_in_at DECIMAL(29, 9) NOT NULL,
  expires_at DECIMAL(29, 9),
  last_used_at DECIMAL(29, 9),
  consumed_at DECIMAL(29, 9),
  restrictions MEDIUMBLOB,
  INDEX sallyport_tokens_of_owner (store, user_id),
  INDEX sallyport_tokens_of_family (family, consumed_at),
  INDEX sallyport_tokens_by_end (kind, expires_at)
) ENGINE InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

-- change_number: the counter of sallyport_changes when the row was written
CREATE TABLE IF NOT EXISTS sallyport_revocations (
  id VARBINARY(768) NOT NULL PRIMARY KEY,
  until_at DECIMAL(29, 9) NOT NULL,
  change_number BIGINT NOT NULL,
  INDEX sallyport_revocations_by_change (change_number),
  INDEX sallyport_revocations_by_end (until_at)
) ENGINE InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

CREATE TABLE IF NOT EXISTS sallyport_token_cutoffs (
  store VARBINARY(768) NOT NULL,
  user_id VARBINARY(768) NOT NULL,
  issued_before DECIMAL(29, 9) NOT NULL,
  until_at DECIMAL(29, 9) NOT NULL,
  change_number BIGINT NOT NULL,
  PRIMARY KEY (store, user_id),
  INDEX sallyport_token_cutoffs_by_change (change_number),
  INDEX sallyport_token_cutoffs_by_end (until_at)
) ENGINE InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

INSERT INTO sallyport_changes (part, counter) SELECT 'tokens', 0 FROM (SELECT 1) one
  WHERE NOT EXISTS (SELECT 1 FROM sallyport_changes WHERE part = 'tokens');

-- when what is of no use any more was last deleted, so that one node does it at a time
INSERT INTO sallyport_changes (part, counter) SELECT 'token_sweeps', 0 FROM (SELECT 1) one
  WHERE NOT EXISTS (SELECT 1 FROM sallyport_changes WHERE part = 'token_sweeps');

INSERT INTO sallyport_schema (part, version) VALUES ('tokens', 1);
