-- One dialect for SQLite and PostgreSQL. Times are milliseconds since 1970.
CREATE TABLE documents (
  account_id TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  revision TEXT NOT NULL,
  body TEXT NOT NULL,
  hidden TEXT NOT NULL,
  created BIGINT NOT NULL,
  modified BIGINT NOT NULL,
  deleted INTEGER NOT NULL,
  realm TEXT NOT NULL,
  username TEXT NOT NULL,
  PRIMARY KEY (account_id, id)
);
CREATE INDEX documents_by_account ON documents (account_id, type, id);
CREATE INDEX documents_by_type ON documents (type, id);
CREATE INDEX documents_by_realm ON documents (realm) WHERE realm <> '';
CREATE INDEX documents_by_username ON documents (username) WHERE username <> '';

-- What is written once and never changed: call detail records, pivot debug. Ids are YYYYMM-...
CREATE TABLE monthly (
  account_id TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  created BIGINT NOT NULL,
  call_id TEXT NOT NULL,
  interaction_id TEXT NOT NULL,
  body TEXT NOT NULL,
  hidden TEXT NOT NULL,
  PRIMARY KEY (account_id, id)
);
CREATE INDEX monthly_by_time ON monthly (account_id, type, created, id);
CREATE INDEX monthly_by_call ON monthly (account_id, type, call_id);
CREATE INDEX monthly_by_interaction ON monthly (account_id, interaction_id) WHERE interaction_id <> '';
CREATE INDEX monthly_by_age ON monthly (type, created);

-- Where the bytes of a document are: the name of a file in the data folder's `attachments`.
CREATE TABLE attachments (
  account_id TEXT NOT NULL,
  document_id TEXT NOT NULL,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  length BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  file TEXT NOT NULL,
  PRIMARY KEY (account_id, document_id)
);
