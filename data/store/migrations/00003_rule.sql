-- +goose Up
-- What else a round's rule says; rounds that are there already get what is usual.
ALTER TABLE round ADD COLUMN rule_trim DOUBLE PRECISION NOT NULL DEFAULT 5;
ALTER TABLE round ADD COLUMN rule_differ DOUBLE PRECISION NOT NULL DEFAULT 0.3;
ALTER TABLE round ADD COLUMN rule_contested DOUBLE PRECISION NOT NULL DEFAULT 0.2;
ALTER TABLE round ADD COLUMN rule_level DOUBLE PRECISION NOT NULL DEFAULT 0.9;
ALTER TABLE round ADD COLUMN rule_least BIGINT NOT NULL DEFAULT 5;

-- The stamp that the session had before the present one: who knows what was
-- written down between the two need not read the rest again.
ALTER TABLE session ADD COLUMN was BYTEA;
