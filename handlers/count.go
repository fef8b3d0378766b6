package handlers

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sync"

	"ashar/data"
	"ashar/data/rank"
	"ashar/data/store"
)

// Counted is a round ready to be ranked, and what a page says about it.
type Counted struct {
	Version  string // changes with anything the ranking is counted from
	Round    data.Round
	Rank     rank.Round
	Problems map[data.ID]data.Problem
	Villages []data.Village
	Sessions map[data.ID]data.Session // those that count
	Source   *source                  // the survey whose answers are counted instead of sessions; nil for the sessions

	named map[data.ID]bool // problems that somebody in the round names
	mu    sync.Mutex
	done  map[string]*rank.Ranking // rankings counted so far
	parts map[string][]rank.Part
	drawn map[string]rankingView // by language and address
}

// roundCount keeps what the sessions of one round said as long as their stamps
// stay the same. It is a memory of counting and never a second truth: each part
// is folded from entries, and only entries with a new stamp are read again. Its
// lock lets one request count while the others wait for the result.
type roundCount struct {
	mu       sync.Mutex
	last     *Counted
	sessions map[data.ID]voices
}

type voices struct {
	stamp  data.ID
	merges string
	voices []rank.Voice
}

// mostRounds bounds how many rounds are remembered at once.
const mostRounds = 64

func newRoundCount() *roundCount { return &roundCount{sessions: map[data.ID]voices{}} }

// counted is a round as it is now.
func (s *Server) counted(ctx context.Context, municipality data.ID, round data.Round) (*Counted, error) {
	return s.counts.of(round.ID).count(ctx, s.store, municipality, round)
}

// Count counts a round from its entries, for those who ask once.
func Count(ctx context.Context, from *store.Store, municipality data.ID, round data.Round) (*Counted, error) {
	return newRoundCount().count(ctx, from, municipality, round)
}

// version is a short name for the state of a round.
func version(stamps store.Stamps) string {
	ids := make([]data.ID, 0, len(stamps.Sessions))
	for id := range stamps.Sessions {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b data.ID) int { return slices.Compare(a[:], b[:]) })
	h := sha256.New()
	h.Write(stamps.Municipality[:])
	for _, id := range ids {
		stamp := stamps.Sessions[id]
		h.Write(id[:])
		h.Write(stamp[:])
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

func (r *roundCount) count(ctx context.Context, from *store.Store, municipality data.ID, round data.Round) (*Counted, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	// The stamps come before the entries: whatever is written down meanwhile
	// has a newer stamp and is read at the next request.
	stamps, err := from.Stamps(ctx, municipality, round.ID)
	if err != nil {
		return nil, err
	}
	v := version(stamps)
	if r.last != nil && r.last.Version == v {
		return r.last, nil
	}
	counted, merges, err := gather(ctx, from, municipality, round)
	if err != nil {
		return nil, err
	}
	counted.Version = v
	if err := r.listen(ctx, from, municipality, counted, merges); err != nil {
		return nil, err
	}
	counted.ready()
	r.last = counted
	return counted, nil
}

// gather is a round with everything that is counted but what its sessions say.
func gather(ctx context.Context, from *store.Store, municipality data.ID, round data.Round) (*Counted, data.Merges, error) {
	counted := &Counted{Round: round, Problems: map[data.ID]data.Problem{}, Sessions: map[data.ID]data.Session{}}
	problems, err := from.Problems(ctx, municipality, round.ID)
	if err != nil {
		return nil, nil, err
	}
	if counted.Villages, err = from.Villages(ctx, municipality); err != nil {
		return nil, nil, err
	}
	population, err := from.Population(ctx, municipality)
	if err != nil {
		return nil, nil, err
	}
	counted.Rank = rank.Round{Scheme: round.Scheme, Rule: round.Rule, Population: population, Problems: counted.list(problems)}
	return counted, data.MergesOf(problems), nil
}

// listen adds the voices of all sessions that count.
func (r *roundCount) listen(ctx context.Context, from *store.Store, municipality data.ID, counted *Counted, merges data.Merges) error {
	sessions, err := from.Sessions(ctx, municipality, counted.Round.ID)
	if err != nil {
		return err
	}
	said := fingerprint(merges)
	for _, session := range sessions {
		if session.Archived {
			delete(r.sessions, session.ID)
			continue
		}
		counted.Sessions[session.ID] = session
		found, err := r.voices(ctx, from, municipality, session, merges, said)
		if err != nil {
			return err
		}
		counted.Rank.Voices = append(counted.Rank.Voices, found...)
	}
	return nil
}

// list puts the problems that stand for themselves in the order in which equals
// are shown, by title, and remembers all of them.
func (c *Counted) list(problems []data.Problem) []data.ID {
	var own []data.Problem
	for _, p := range problems {
		c.Problems[p.ID] = p
		if p.Into.Zero() {
			own = append(own, p)
		}
	}
	slices.SortStableFunc(own, func(a, b data.Problem) int {
		x, _ := a.Title.In("ky")
		y, _ := b.Title.In("ky")
		return cmp.Compare(x, y)
	})
	ids := make([]data.ID, len(own))
	for i, p := range own {
		ids[i] = p.ID
	}
	return ids
}

// voices of a session, folded again only if it has changed.
func (r *roundCount) voices(ctx context.Context, from *store.Store, municipality data.ID, session data.Session, merges data.Merges, said string) ([]rank.Voice, error) {
	if kept, ok := r.sessions[session.ID]; ok && kept.stamp == session.Stamp && kept.merges == said {
		return kept.voices, nil
	}
	sheet, err := data.Fold(session, from.Entries(ctx, municipality, session))
	if err != nil {
		return nil, err
	}
	found := rank.Voices(sheet, merges)
	r.sessions[session.ID] = voices{session.Stamp, said, found}
	return found, nil
}

// fingerprint tells one set of merges from another.
func fingerprint(merges data.Merges) string {
	var pairs []string
	for from, to := range merges {
		if from != to {
			pairs = append(pairs, string(from[:])+string(to[:]))
		}
	}
	slices.Sort(pairs)
	h := sha256.New()
	for _, p := range pairs {
		h.Write([]byte(p))
	}
	return string(h.Sum(nil))
}
