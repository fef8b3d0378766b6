package handlers

import (
	"context"
	"sync"

	"ashar/data"
	"ashar/data/store"
)

// rules are what entries of a round are checked against.
type rules struct {
	stamp    data.ID
	round    data.Round
	problems map[data.ID]bool
}

// knows tells whether every problem that an entry names is the round's.
func (r rules) knows(e data.Entry) bool {
	for _, id := range []data.ID{e.Problem, e.Other} {
		if !id.Zero() && !r.problems[id] {
			return false
		}
	}
	for _, choice := range e.Ballot {
		if !r.problems[choice.Problem] {
			return false
		}
	}
	return true
}

// ruleBook remembers the rules of rounds, since every tap asks for them. They
// hold while the stamp of their municipality, which the door has just read,
// stays the same. The zero ruleBook is ready.
type ruleBook struct {
	mu     sync.Mutex
	rounds map[data.ID]rules
}

func (b *ruleBook) of(ctx context.Context, from *store.Store, m data.Municipality, round data.ID) (rules, error) {
	b.mu.Lock()
	known, ok := b.rounds[round]
	b.mu.Unlock()
	if ok && known.stamp == m.Stamp {
		return known, nil
	}
	r, err := from.Round(ctx, m.ID, round)
	if err != nil {
		return rules{}, err
	}
	problems, err := from.Problems(ctx, m.ID, round)
	if err != nil {
		return rules{}, err
	}
	fresh := rules{stamp: m.Stamp, round: r, problems: make(map[data.ID]bool, len(problems))}
	for _, p := range problems {
		fresh.problems[p.ID] = true
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rounds == nil || len(b.rounds) >= mostRounds {
		b.rounds = map[data.ID]rules{}
	}
	b.rounds[round] = fresh
	return fresh, nil
}
