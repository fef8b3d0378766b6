package handlers

import (
	"context"
	"errors"
	"slices"

	"ashar/data"
	"ashar/data/rank"
	"ashar/data/store"
)

// hearing is what one session said until a stamp, and what it takes to hear on
// from there: the ballots added up, and everything else as it was written. It is a
// memory of counting and never a second truth: read anew it comes to the same.
type hearing struct {
	stamp   data.ID
	merges  string // fingerprint of the merges it was counted with
	voices  []rank.Voice
	casting *rank.Casting // nil where the session has to be read again to hear on
	written []data.Entry
}

// errTaken says that a ballot may have been taken back after it was counted.
var errTaken = errors.New("a counted ballot may be taken back")

// now is what a session says at present: what is remembered, and what was written
// down since; or all of it, read again.
func (h *hearing) now(ctx context.Context, from *store.Store, municipality data.ID, session data.Session, merges data.Merges, said string) (*hearing, error) {
	if h == nil || h.merges != said {
		return hear(ctx, from, municipality, session.ID, merges, said)
	}
	if h.stamp == session.Stamp {
		return h, nil
	}
	if more, ok := from.Since(municipality, session.ID, h.stamp, session.Stamp); ok && h.casting != nil {
		if next, err := h.hearOn(session, more); !errors.Is(err, errTaken) {
			return next, err
		}
	}
	return hear(ctx, from, municipality, session.ID, merges, said)
}

// hear reads a session whole.
func hear(ctx context.Context, from *store.Store, municipality, session data.ID, merges data.Merges, said string) (*hearing, error) {
	h := &hearing{merges: said}
	var sheet *data.Sheet
	err := from.Hear(ctx, municipality, session, func(read store.Hearing) (func(data.ID, data.Group, data.Packed) error, bool, error) {
		h.stamp, h.written = read.Session.Stamp, read.Written
		h.casting = rank.NewCasting(read.Session, merges)
		var err error
		if sheet, err = data.Fold(read.Session, eachEntry(h.written)); err != nil {
			return nil, false, err
		}
		return func(id data.ID, g data.Group, b data.Packed) error {
			if sheet.Taken[id] {
				return nil
			}
			return h.casting.CastPacked(g, b, read.Known)
		}, len(sheet.Taken) > 0, nil
	})
	if err != nil {
		return nil, err
	}
	h.voices = h.casting.Voices(sheet)
	return h, nil
}

// hearOn adds what was written down since; errTaken where that may take a
// ballot back. The hearing itself stays as it is for those who read it now.
func (h *hearing) hearOn(session data.Session, more []data.Entry) (*hearing, error) {
	next := &hearing{stamp: session.Stamp, merges: h.merges, casting: h.casting, written: slices.Clip(h.written)}
	plain := func(target data.ID) bool { // neither a ballot nor a taking-back, which may be of one
		return slices.ContainsFunc(next.written, func(e data.Entry) bool { return e.ID == target && e.Kind != data.Void })
	}
	for _, e := range more {
		if e.Kind == data.Void && !plain(e.Target) {
			return nil, errTaken
		}
		if e.Kind != data.Cast {
			next.written = append(next.written, e)
		}
	}
	sheet, err := data.Fold(session, eachEntry(next.written))
	if err != nil {
		return nil, err
	}
	h.casting = nil // it moves on: whoever comes back to this hearing has to read anew
	for _, e := range more {
		if e.Kind == data.Cast && !sheet.Taken[e.ID] {
			next.casting.Cast(e.Group, e.Ballot)
		}
	}
	next.voices = next.casting.Voices(sheet)
	return next, nil
}

// eachEntry gives entries one after the other.
func eachEntry(entries []data.Entry) func(func(data.Entry, error) bool) {
	return func(yield func(data.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}
