package handlers

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

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
	Without  *rank.Voice              // the group that is left out to see what would be; nil where nobody is
	Source   *source                  // the survey whose answers are counted instead of sessions; nil for the sessions

	chances *rank.Chances    // of the round, whatever is counted of it
	named   map[data.ID]bool // problems that somebody in the round names
	mu      sync.Mutex
	done    map[string]*rank.Ranking // rankings counted so far
	parts   map[string][]rank.Part
	drawn   map[string]*drawnPage // by language and address

	studying sync.Mutex
	studies  map[string]*study // by view and cut
	asking   sync.Mutex
	whatIfs  map[string]*Counted // without one group, by its key
	opening  sync.Once
	opened   open // what may leave the staff
}

// roundCount keeps what the sessions of one round said as long as their stamps
// stay the same. It is a memory of counting and never a second truth: each part
// is folded from entries, and only what is new is read. Its lock lets one request
// count while the others wait for the result.
type roundCount struct {
	mu       sync.Mutex
	last     *Counted
	sessions map[data.ID]*hearing
	live     []data.ID // the sessions that can be heard on, the latest last
	chances  rank.Chances
}

// mostLive bounds how many sessions of a round can be heard on: those in which
// people are writing now. The others keep what they said, and no entries.
const mostLive = 16

// mostWritten is how many entries besides ballots a session may have to be heard
// on from the first: one of many ballots, which takes the longest to read again,
// has few others.
const mostWritten = 64

// mostRounds bounds how many rounds are remembered at once.
const mostRounds = 64

func newRoundCount() *roundCount { return &roundCount{sessions: map[data.ID]*hearing{}} }

// counted is a round as it is now.
func (s *Server) counted(ctx context.Context, municipality data.ID, round data.Round) (*Counted, error) {
	return s.counts.of(owned{municipality, round.ID}).count(ctx, s.store, municipality, round)
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
	counted.Version, counted.chances = v, &r.chances
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

// listen adds the voices of all sessions that count. Those that have to be read
// are read side by side.
func (r *roundCount) listen(ctx context.Context, from *store.Store, municipality data.ID, counted *Counted, merges data.Merges) error {
	sessions, err := from.Sessions(ctx, municipality, counted.Round.ID)
	if err != nil {
		return err
	}
	sessions = slices.DeleteFunc(sessions, func(s data.Session) bool {
		if s.Archived {
			delete(r.sessions, s.ID)
		}
		return s.Archived
	})
	said := fingerprint(merges)
	now := make([]*hearing, len(sessions))
	var readers errgroup.Group
	readers.SetLimit(runtime.GOMAXPROCS(0))
	for i, session := range sessions {
		was := r.sessions[session.ID]
		readers.Go(func() (err error) {
			defer func() { // a panic of a goroutine of its own would end the server
				if trouble := recover(); trouble != nil {
					err = fmt.Errorf("session %s: %v", session.ID, trouble)
				}
			}()
			now[i], err = was.now(ctx, from, municipality, session, merges, said)
			return err
		})
	}
	if err := readers.Wait(); err != nil {
		return err
	}
	for i, session := range sessions {
		r.keep(session.ID, now[i])
		counted.Sessions[session.ID] = session
		counted.Rank.Voices = append(counted.Rank.Voices, now[i].voices...)
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

// keep remembers what a session said. One that has changed while the round was
// looked at is most likely to change again: it can be heard on.
func (r *roundCount) keep(session data.ID, now *hearing) {
	was := r.sessions[session]
	if was == now {
		return
	}
	r.sessions[session] = now
	if was == nil && len(now.written) > mostWritten {
		now.casting, now.written = nil, nil
		return
	}
	r.live = append(slices.DeleteFunc(r.live, func(id data.ID) bool { return id == session }), session)
	if len(r.live) > mostLive {
		if oldest := r.sessions[r.live[0]]; oldest != nil {
			oldest.casting, oldest.written = nil, nil
		}
		r.live = r.live[1:]
	}
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
