package store

import (
	"context"
	"fmt"
	"testing"

	"ashar/data"
)

func TestEventsComeNewestFirst(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		e := data.Event{At: noon, Account: data.ID{7}, Action: "round.save", Subject: w.round.ID, Detail: "аты «Жаңы»"}
		must(t, s.SaveRound(t.Context(), w.municipality, w.round, e))
		list := got(s.Events(t.Context(), w.municipality, 0, 2))(t)
		if len(list) != 2 || list[0].Seq != list[1].Seq+1 || list[0].Hash == "" || list[0].Hash == list[1].Hash {
			t.Fatalf("the newest two events are %v", list)
		}
		e.Municipality, e.Seq, e.Hash = w.municipality, list[0].Seq, list[0].Hash
		same(t, e, list[0])
		older := got(s.Events(t.Context(), w.municipality, list[0].Seq, 1))(t)
		same(t, list[1:], older)
		must(t, s.SaveRound(t.Context(), w.municipality, w.round, data.Event{})) // nothing to tell
		same(t, list, got(s.Events(t.Context(), w.municipality, 0, 2))(t))
	})
}

func TestChainHoldsWhenManyActAtOnce(t *testing.T) {
	crowd(t, func(t *testing.T, s *Store) {
		w := settle(t, s)
		var sessions []data.Session
		for range 32 {
			sessions = append(sessions, w.open(t, s))
		}
		before, broken, err := s.Verify(t.Context())
		must(t, err)
		together(t, 32, func(ctx context.Context, i int) error {
			if err := s.ArchiveSession(ctx, w.municipality, sessions[i].ID, true, event("session.archive")); err != nil {
				return err
			}
			if err := s.SaveStarters(ctx, nil, event("starter.save")); err != nil {
				return err
			}
			if err := s.AddAccount(ctx, data.Account{ID: mint(), Municipality: w.municipality, Login: fmt.Sprint("a", i)}, event("account.add")); err != nil {
				return err
			}
			archived := sessions[i]
			archived.Archived = true
			return s.AddEntries(ctx, w.municipality, archived, []data.Entry{w.tap(1)}, event("entry.add"), event("entry.add"))
		})
		after, alsoBroken, err := s.Verify(t.Context())
		must(t, err)
		if len(broken)+len(alsoBroken) > 0 || after-before != 32*5 {
			t.Errorf("%d more events hold, want %d; broken: %v", after-before, 32*5, alsoBroken)
		}
	})
}

func TestVerifyFindsWhatWasTamperedWith(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		settle(t, s) // a chain that holds
		must(t, s.SaveStarters(t.Context(), nil, event("starter.save")))
		for name, c := range map[string]struct {
			sql string
			seq int64
		}{
			"changed":             {`UPDATE event SET detail = 'x' WHERE municipality_id = $1 AND seq = 2`, 2},
			"of another time":     {`UPDATE event SET at = at + 1 WHERE municipality_id = $1 AND seq = 3`, 3},
			"the first removed":   {`DELETE FROM event WHERE municipality_id = $1 AND seq = 1`, 1},
			"one removed":         {`DELETE FROM event WHERE municipality_id = $1 AND seq = 2`, 2},
			"the newest removed":  {`DELETE FROM event WHERE municipality_id = $1 AND seq = 4`, 4},
			"the newest two gone": {`DELETE FROM event WHERE municipality_id = $1 AND seq >= 3`, 3},
			"all removed":         {`DELETE FROM event WHERE municipality_id = $1`, 1},
			"one inserted":        {`INSERT INTO event SELECT municipality_id, 5, at, account_id, action, subject_id, detail, hash FROM event WHERE municipality_id = $1 AND seq = 4`, 5},
			"one put in between":  {`INSERT INTO event SELECT municipality_id, 0, at, account_id, action, subject_id, detail, hash FROM event WHERE municipality_id = $1 AND seq = 4`, 0},
			"the end forgotten":   {`DELETE FROM chain WHERE municipality_id = $1`, 5},
			"two turned round":    {`UPDATE event SET hash = CASE seq WHEN 2 THEN 'a' ELSE 'b' END WHERE municipality_id = $1 AND seq IN (2, 3)`, 2},
		} {
			t.Run(name, func(t *testing.T) {
				w := settle(t, s) // four events
				before, broken, err := s.Verify(t.Context())
				must(t, err)
				same(t, []Broken(nil), broken)
				if before == 0 {
					t.Fatal("no event was looked at")
				}
				if _, err := s.write.ExecContext(t.Context(), s.q(c.sql), w.municipality); err != nil {
					t.Fatal(err)
				}
				_, broken, err = s.Verify(t.Context())
				must(t, err)
				same(t, []Broken{{w.municipality, c.seq}}, broken)
				for _, table := range []string{"event", "chain"} {
					if _, err := s.write.ExecContext(t.Context(), s.q(`DELETE FROM `+table+` WHERE municipality_id = $1`), w.municipality); err != nil {
						t.Fatal(err)
					}
				}
			})
		}
	})
}
