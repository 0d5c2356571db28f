-- Users, groups, roles and tenants. Version 1, for H2.
-- Names, roles and tenants are compared exactly, whatever the collation of the database.

CREATE TABLE IF NOT EXISTS sallyport_schema (
  part VARCHAR(32) NOT NULL PRIMARY KEY,
  version INT NOT NULL
);

-- counts what changes, for nodes that keep what they have read
CREATE TABLE IF NOT EXISTS sallyport_changes (
  part VARCHAR(32) NOT NULL PRIMARY KEY,
  counter BIGINT NOT NULL
);

-- password: a hash, never a password. password_epoch is written by Sallyport beside a hash that it has replaced.
-- tokens_not_before: another value than before ends the user's tokens.
-- name_key: the name without case and accents, for case_insensitive: true only.
CREATE TABLE IF NOT EXISTS sallyport_users (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name VARCHAR(256) NOT NULL UNIQUE,
  name_key VARCHAR(256) UNIQUE,
  password VARCHAR(1024),
  password_epoch VARCHAR(256),
  active BOOLEAN NOT NULL DEFAULT TRUE,
  locked BOOLEAN NOT NULL DEFAULT FALSE,
  tokens_not_before TIMESTAMP WITH TIME ZONE,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS sallyport_groups (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name VARCHAR(256) NOT NULL UNIQUE
);

CREATE TABLE IF NOT EXISTS sallyport_tenants (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name VARCHAR(256) NOT NULL UNIQUE
);

CREATE TABLE IF NOT EXISTS sallyport_group_members (
  user_id BIGINT NOT NULL,
  group_id BIGINT NOT NULL,
  PRIMARY KEY (user_id, group_id),
  FOREIGN KEY (user_id) REFERENCES sallyport_users (id) ON DELETE CASCADE,
  FOREIGN KEY (group_id) REFERENCES sallyport_groups (id) ON DELETE CASCADE
);

CREATE INDEX IF NOT EXISTS sallyport_group_members_group ON sallyport_group_members (group_id);

-- roles that hold everywhere
CREATE TABLE IF NOT EXISTS sallyport_user_roles (
  user_id BIGINT NOT NULL,
  role VARCHAR(256) NOT NULL,
  PRIMARY KEY (user_id, role),
  FOREIGN KEY (user_id) REFERENCES sallyport_users (id) ON DELETE CASCADE
);

CREATE TABLE IF NOT EXISTS sallyport_group_roles (
  group_id BIGINT NOT NULL,
  role VARCHAR(256) NOT NULL,
  PRIMARY KEY (group_id, role),
  FOREIGN KEY (group_id) REFERENCES sallyport_groups (id) ON DELETE CASCADE
);

-- roles that hold in a tenant; '' for who belongs to it without a role
CREATE TABLE IF NOT EXISTS sallyport_user_tenants (
  user_id BIGINT NOT NULL,
  tenant_id BIGINT NOT NULL,
  role VARCHAR(256) NOT NULL DEFAULT '',
  PRIMARY KEY (user_id, tenant_id, role),
  FOREIGN KEY (user_id) REFERENCES sallyport_users (id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id) REFERENCES sallyport_tenants (id) ON DELETE CASCADE
);

CREATE INDEX IF NOT EXISTS sallyport_user_tenants_tenant ON sallyport_user_tenants (tenant_id);

CREATE TABLE IF NOT EXISTS sallyport_group_tenants (
  group_id BIGINT NOT NULL,
  tenant_id BIGINT NOT NULL,
  role VARCHAR(256) NOT NULL DEFAULT '',
  PRIMARY KEY (group_id, tenant_id, role),
  FOREIGN KEY (group_id) REFERENCES sallyport_groups (id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id) REFERENCES sallyport_tenants (id) ON DELETE CASCADE
);

CREATE INDEX IF NOT EXISTS sallyport_group_tenants_tenant ON sallyport_group_tenants (tenant_id);

-- what else is known, such as email; no secrets
CREATE TABLE IF NOT EXISTS sallyport_user_attributes (
  user_id BIGINT NOT NULL,
  name VARCHAR(256) NOT NULL,
  content VARCHAR(4000) NOT NULL,
  PRIMARY KEY (user_id, name),
  FOREIGN KEY (user_id) REFERENCES sallyport_users (id) ON DELETE CASCADE
);

INSERT INTO sallyport_changes (part, counter) SELECT 'users', 0
  WHERE NOT EXISTS (SELECT 1 FROM sallyport_changes WHERE part = 'users');

INSERT INTO sallyport_schema (part, version) VALUES ('users', 1);
