-- +goose Up
-- When staff said that a code got lost: it is used then, by nobody.
ALTER TABLE code ADD COLUMN voided BIGINT NOT NULL DEFAULT 0;
