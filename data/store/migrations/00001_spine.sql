-- +goose Up
-- Every key begins with the municipality: tenants are kept apart by
-- construction, and it is the column to distribute by in a sharded cluster.
CREATE TABLE municipality (
	id BYTEA NOT NULL PRIMARY KEY,
	slug TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	invented BOOLEAN NOT NULL,
	archived BOOLEAN NOT NULL,
	created BIGINT NOT NULL,
	stamp BYTEA NOT NULL
);

CREATE TABLE village (
	municipality_id BYTEA NOT NULL REFERENCES municipality (id),
	id BYTEA NOT NULL,
	name TEXT NOT NULL,
	import_id BYTEA NOT NULL,
	PRIMARY KEY (municipality_id, id)
);

-- The zero village stands for the whole municipality, an empty sex or band for
-- everybody along it: so margins and full figures share one table.
CREATE TABLE population (
	municipality_id BYTEA NOT NULL REFERENCES municipality (id),
	village_id BYTEA NOT NULL,
	sex TEXT NOT NULL,
	band TEXT NOT NULL,
	people BIGINT NOT NULL,
	PRIMARY KEY (municipality_id, village_id, sex, band)
);

CREATE TABLE round (
	municipality_id BYTEA NOT NULL REFERENCES municipality (id),
	id BYTEA NOT NULL,
	name TEXT NOT NULL,
	scheme TEXT NOT NULL,
	forms TEXT NOT NULL,
	rule_view TEXT NOT NULL,
	rho DOUBLE PRECISION NOT NULL,
	frozen BIGINT NOT NULL,
	frozen_by BYTEA NOT NULL,
	starts TEXT NOT NULL,
	ends TEXT NOT NULL,
	archived BOOLEAN NOT NULL,
	created BIGINT NOT NULL,
	PRIMARY KEY (municipality_id, id)
);

-- short is the tail of the id by which ballots name the problem.
CREATE TABLE problem (
	municipality_id BYTEA NOT NULL,
	id BYTEA NOT NULL,
	round_id BYTEA NOT NULL,
	short BIGINT NOT NULL,
	title TEXT NOT NULL,
	issue BIGINT NOT NULL,
	competence TEXT NOT NULL,
	source TEXT NOT NULL,
	into_id BYTEA NOT NULL,
	import_id BYTEA NOT NULL,
	created BIGINT NOT NULL,
	PRIMARY KEY (municipality_id, id),
	UNIQUE (municipality_id, round_id, short),
	FOREIGN KEY (municipality_id, round_id) REFERENCES round (municipality_id, id)
);

CREATE TABLE session (
	municipality_id BYTEA NOT NULL,
	id BYTEA NOT NULL,
	round_id BYTEA NOT NULL,
	village_id BYTEA NOT NULL,
	place TEXT NOT NULL,
	held TEXT NOT NULL,
	facilitators TEXT NOT NULL,
	form TEXT NOT NULL,
	each BIGINT NOT NULL,
	top BIGINT NOT NULL,
	tag TEXT NOT NULL,
	consent TEXT NOT NULL,
	closed BOOLEAN NOT NULL,
	archived BOOLEAN NOT NULL,
	import_id BYTEA NOT NULL,
	account_id BYTEA NOT NULL,
	created BIGINT NOT NULL,
	stamp BYTEA NOT NULL,
	PRIMARY KEY (municipality_id, id),
	FOREIGN KEY (municipality_id, round_id) REFERENCES round (municipality_id, id),
	FOREIGN KEY (municipality_id, village_id) REFERENCES village (municipality_id, id)
);

CREATE INDEX session_round ON session (municipality_id, round_id);

-- Rows are only ever added; the one change is a text blacked out for ever. The
-- key keeps the entries of a session together, in order of birth. There is no
-- foreign key to the session: an import writes its entries first and its
-- sessions last, which makes it visible in one step.
CREATE TABLE entry (
	municipality_id BYTEA NOT NULL,
	session_id BYTEA NOT NULL,
	id BYTEA NOT NULL,
	kind TEXT NOT NULL,
	account_id BYTEA,
	made BIGINT NOT NULL,
	received BIGINT NOT NULL,
	sex TEXT NOT NULL,
	band TEXT NOT NULL,
	tag TEXT NOT NULL,
	problem_id BYTEA,
	n BIGINT NOT NULL,
	body BYTEA,
	PRIMARY KEY (municipality_id, session_id, id)
);

-- A file's digest is unique among the imports of a round that are in; an undone
-- one has none.
CREATE TABLE import (
	municipality_id BYTEA NOT NULL,
	id BYTEA NOT NULL,
	round_id BYTEA NOT NULL,
	file TEXT NOT NULL,
	digest TEXT,
	state TEXT NOT NULL,
	ballots BIGINT NOT NULL,
	sessions BYTEA NOT NULL,
	account_id BYTEA NOT NULL,
	created BIGINT NOT NULL,
	report TEXT NOT NULL,
	PRIMARY KEY (municipality_id, id),
	UNIQUE (municipality_id, round_id, digest)
);

CREATE TABLE event (
	municipality_id BYTEA NOT NULL,
	seq BIGINT NOT NULL,
	at BIGINT NOT NULL,
	account_id BYTEA NOT NULL,
	action TEXT NOT NULL,
	subject_id BYTEA NOT NULL,
	detail TEXT NOT NULL,
	hash TEXT NOT NULL,
	PRIMARY KEY (municipality_id, seq)
);

-- The end of each chain of events: the row for which those wait who write one,
-- and what shows that the newest were taken away.
CREATE TABLE chain (
	municipality_id BYTEA NOT NULL PRIMARY KEY,
	seq BIGINT NOT NULL,
	hash TEXT NOT NULL
);

-- Small tables of the whole installation.
CREATE TABLE account (
	id BYTEA NOT NULL PRIMARY KEY,
	municipality_id BYTEA NOT NULL,
	login TEXT NOT NULL,
	login_key TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	role TEXT NOT NULL,
	password TEXT NOT NULL,
	active BOOLEAN NOT NULL,
	created BIGINT NOT NULL
);

CREATE TABLE signin (
	token_hash BYTEA NOT NULL PRIMARY KEY,
	account_id BYTEA NOT NULL REFERENCES account (id),
	created BIGINT NOT NULL,
	seen BIGINT NOT NULL,
	vals BYTEA NOT NULL
);

CREATE INDEX signin_account ON signin (account_id);

CREATE TABLE link (
	token_hash BYTEA NOT NULL PRIMARY KEY,
	purpose TEXT NOT NULL,
	account_id BYTEA NOT NULL,
	expires BIGINT NOT NULL
);

CREATE TABLE starter (
	id BYTEA NOT NULL PRIMARY KEY,
	title TEXT NOT NULL,
	issue BIGINT NOT NULL,
	competence TEXT NOT NULL
);

CREATE TABLE setting (
	name TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
);
