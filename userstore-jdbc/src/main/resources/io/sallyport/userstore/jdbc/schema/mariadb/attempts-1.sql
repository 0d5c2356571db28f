-- Failed logins. Version 1, for MariaDB, and MySQL from 8.0.17 on.

CREATE TABLE IF NOT EXISTS sallyport_schema (
  part VARCHAR(32) NOT NULL PRIMARY KEY,
  version INT NOT NULL
) ENGINE InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

-- userstore, user_id, locked_until: for whoever looks at the table; null for clients, and for names that nobody has.
-- state: what counts. Times are milliseconds since 1970 by the clock of the database.
-- Who deletes the row of an account ends its lock.
CREATE TABLE IF NOT EXISTS sallyport_attempts (
  id VARBINARY(17) NOT NULL PRIMARY KEY,
  userstore VARCHAR(256),
  user_id VARCHAR(256),
  locked_until BIGINT,
  expires_at BIGINT NOT NULL,
  state BLOB NOT NULL,
  KEY sallyport_attempts_expiry (expires_at)
) ENGINE InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

-- one row: the random key by which accounts, names and clients are found, so that they cannot be read from the ids
CREATE TABLE IF NOT EXISTS sallyport_attempt_key (
  id INT NOT NULL PRIMARY KEY,
  secret VARBINARY(32) NOT NULL
) ENGINE InnoDB DEFAULT CHARACTER SET utf8mb4 /*M! COLLATE utf8mb4_nopad_bin */ /*!80017 COLLATE utf8mb4_0900_bin */;

INSERT INTO sallyport_schema (part, version) VALUES ('attempts', 1);
