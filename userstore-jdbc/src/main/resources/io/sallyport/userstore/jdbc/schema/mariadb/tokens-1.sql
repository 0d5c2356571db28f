-- Tokens, and which were ended before their time. Version 1, for MariaDB, and MySQL from 8.0.17 on.
-- MySQL has its binary collation without padding under another name: each takes its own of the two comments.
-- Ids and owners are compared exactly, whatever the collation of the database. Instants are seconds since 1970.

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
-- username and description are the CESU-8 of the text, which is in the order of UTF-16 and may hold any text.
CREATE TABLE IF NOT EXISTS sallyport_tokens (
  id VARCHAR(255) NOT NULL PRIMARY KEY,
  kind VARCHAR(16) NOT NULL,
  store VARCHAR(255) NOT NULL,
  user_id VARCHAR(256) NOT NULL,
  username VARBINARY(1536) NOT NULL,
  secret_hash VARCHAR(255) NOT NULL,
  stamp_mac VARBINARY(64) NOT NULL,
  family VARCHAR(255),
  description BLOB,
  created_at DECIMAL(29, 9) NOT NULL,
  signed_in_at DECIMAL(29, 9) NOT NULL,
  expires_at DECIMAL(29, 9),
  last_used_at DECIMAL(29, 9),
  consumed_at DECIMAL(29, 9),
  restrictions TEXT,
  INDEX sallyport_tokens_of_owner (store, user_id),
  INDEX sallyport_tokens_of_family (family),
  INDEX sallyport_tokens_by_end (kind, expires_at)
) ENGINE InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

-- change_number: the counter of sallyport_changes when the row was written
CREATE TABLE IF NOT EXISTS sallyport_revocations (
  id VARCHAR(255) NOT NULL PRIMARY KEY,
  until_at DECIMAL(29, 9) NOT NULL,
  change_number BIGINT NOT NULL,
  INDEX sallyport_revocations_by_change (change_number)
) ENGINE InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

CREATE TABLE IF NOT EXISTS sallyport_token_cutoffs (
  store VARCHAR(255) NOT NULL,
  user_id VARCHAR(256) NOT NULL,
  issued_before DECIMAL(29, 9) NOT NULL,
  until_at DECIMAL(29, 9) NOT NULL,
  change_number BIGINT NOT NULL,
  PRIMARY KEY (store, user_id),
  INDEX sallyport_token_cutoffs_by_change (change_number)
) ENGINE InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

INSERT INTO sallyport_changes (part, counter) SELECT 'tokens', 0 FROM (SELECT 1) one
  WHERE NOT EXISTS (SELECT 1 FROM sallyport_changes WHERE part = 'tokens');

INSERT INTO sallyport_schema (part, version) VALUES ('tokens', 1);
