-- +goose Up
-- An open questionnaire of a round. draft is the form that staff are working
-- on; versions are what people answered.
CREATE TABLE survey (
	municipality_id BYTEA NOT NULL,
	id BYTEA NOT NULL,
	round_id BYTEA NOT NULL,
	word TEXT NOT NULL UNIQUE,
	title TEXT NOT NULL,
	door TEXT NOT NULL,
	opened BIGINT NOT NULL,
	shut BIGINT NOT NULL,
	opens TEXT NOT NULL,
	closes TEXT NOT NULL,
	most BIGINT NOT NULL,
	results TEXT NOT NULL,
	help TEXT NOT NULL,
	keep BIGINT NOT NULL,
	targets TEXT NOT NULL,
	version BIGINT NOT NULL,
	draft TEXT NOT NULL,
	archived BOOLEAN NOT NULL,
	purged BIGINT NOT NULL,
	account_id BYTEA NOT NULL,
	created BIGINT NOT NULL,
	stamp BYTEA NOT NULL,
	PRIMARY KEY (municipality_id, id),
	FOREIGN KEY (municipality_id, round_id) REFERENCES round (municipality_id, id)
);

CREATE INDEX survey_round ON survey (municipality_id, round_id);

-- Never changed and never deleted while its answers are there.
CREATE TABLE survey_version (
	municipality_id BYTEA NOT NULL,
	survey_id BYTEA NOT NULL,
	version BIGINT NOT NULL,
	form TEXT NOT NULL,
	account_id BYTEA NOT NULL,
	created BIGINT NOT NULL,
	PRIMARY KEY (municipality_id, survey_id, version),
	FOREIGN KEY (municipality_id, survey_id) REFERENCES survey (municipality_id, id)
);

-- One compact row for each response. changed is new with every change, so that
-- a reader who has counted asks only for what came since. There is no foreign
-- key to the survey: it would cost every resident a look-up, and a survey with
-- responses is never deleted.
CREATE TABLE response (
	municipality_id BYTEA NOT NULL,
	survey_id BYTEA NOT NULL,
	id BYTEA NOT NULL,
	version BIGINT NOT NULL,
	code BYTEA NOT NULL,
	lang TEXT NOT NULL,
	tier TEXT NOT NULL,
	sheet TEXT,
	village_id BYTEA NOT NULL,
	sex TEXT NOT NULL,
	band TEXT NOT NULL,
	seconds BIGINT NOT NULL,
	flags TEXT NOT NULL,
	state TEXT NOT NULL,
	received BIGINT NOT NULL,
	account_id BYTEA,
	body BYTEA,
	second BYTEA,
	second_by BYTEA,
	changed BYTEA NOT NULL,
	PRIMARY KEY (municipality_id, survey_id, id),
	UNIQUE (municipality_id, survey_id, code)
);

CREATE INDEX response_changed ON response (municipality_id, survey_id, changed, state);

CREATE UNIQUE INDEX response_sheet ON response (municipality_id, survey_id, sheet) WHERE sheet IS NOT NULL;

-- What somebody has answered so far, under the key that only the address of
-- their page gives.
CREATE TABLE draft (
	municipality_id BYTEA NOT NULL,
	survey_id BYTEA NOT NULL,
	code BYTEA NOT NULL,
	corrects BYTEA NOT NULL,
	sheet_code BYTEA,
	version BIGINT NOT NULL,
	lang TEXT NOT NULL,
	body BYTEA NOT NULL,
	began BIGINT NOT NULL,
	touched BIGINT NOT NULL,
	PRIMARY KEY (municipality_id, survey_id, code)
);

CREATE INDEX draft_touched ON draft (touched);

CREATE TABLE code (
	municipality_id BYTEA NOT NULL,
	survey_id BYTEA NOT NULL,
	code BYTEA NOT NULL,
	batch TEXT NOT NULL,
	village_id BYTEA NOT NULL,
	used BOOLEAN NOT NULL,
	created BIGINT NOT NULL,
	PRIMARY KEY (municipality_id, survey_id, code)
);

-- What staff noted on an open answer.
CREATE TABLE reading (
	municipality_id BYTEA NOT NULL,
	survey_id BYTEA NOT NULL,
	response_id BYTEA NOT NULL,
	question TEXT NOT NULL,
	tags TEXT NOT NULL,
	problem_id BYTEA,
	shown BOOLEAN NOT NULL,
	account_id BYTEA NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (municipality_id, survey_id, response_id, question)
);

-- Paper sheets of a survey that were printed together, with the numbers from
-- first to last.
CREATE TABLE printing (
	municipality_id BYTEA NOT NULL,
	survey_id BYTEA NOT NULL,
	id BYTEA NOT NULL,
	first_number BIGINT NOT NULL,
	last_number BIGINT NOT NULL,
	version BIGINT NOT NULL,
	lang TEXT NOT NULL,
	purpose TEXT NOT NULL,
	village_id BYTEA NOT NULL,
	account_id BYTEA NOT NULL,
	created BIGINT NOT NULL,
	PRIMARY KEY (municipality_id, survey_id, id),
	UNIQUE (municipality_id, survey_id, first_number),
	FOREIGN KEY (municipality_id, survey_id) REFERENCES survey (municipality_id, id)
);

-- A session's paper sheet as a second person typed it in; the fields go when its
-- differences are settled.
CREATE TABLE retyping (
	municipality_id BYTEA NOT NULL,
	session_id BYTEA NOT NULL,
	account_id BYTEA NOT NULL,
	at BIGINT NOT NULL,
	fields TEXT NOT NULL,
	settled BIGINT NOT NULL,
	differs BIGINT NOT NULL,
	PRIMARY KEY (municipality_id, session_id),
	FOREIGN KEY (municipality_id, session_id) REFERENCES session (municipality_id, id)
);
