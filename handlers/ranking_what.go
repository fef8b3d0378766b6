package handlers

import (
	"slices"
	"strings"

	"ashar/data"
	"ashar/data/rank"
	"ashar/templates/lang"
)

// whatView is what would be if: another view than the frozen one, or a group that
// had not met. The frozen rule stays what it is.
type whatView struct {
	Groups  []option // that can be left out
	Without string   // the key of the one that is
	Said    []string // what is otherwise than in the result
}

// mostWhatIfs bounds how many rounds without one group are remembered.
const mostWhatIfs = 16

// voiceKey names a group of a session in an address.
func voiceKey(v *rank.Voice) string {
	return strings.Join([]string{v.Session.String(), string(v.Group.Sex), string(v.Group.Band), v.Group.Tag}, ".")
}

// whatIf is the round as if one group had never met. It is missing where there
// is no such group among those that count.
func (c *Counted) whatIf(key string) (*Counted, error) {
	if key == "" {
		return c, nil
	}
	c.asking.Lock()
	defer c.asking.Unlock()
	if other, ok := c.whatIfs[key]; ok {
		return other, nil
	}
	i := slices.IndexFunc(c.Rank.Voices, func(v rank.Voice) bool {
		return v.Stays == rank.Counts && voiceKey(&v) == key
	})
	if i < 0 || c.Source != nil {
		return nil, data.ErrMissing
	}
	other := &Counted{Version: c.Version, Round: c.Round, Rank: c.Rank, Problems: c.Problems, Villages: c.Villages, Sessions: c.Sessions, Without: &c.Rank.Voices[i], chances: c.chances}
	other.Rank.Voices = slices.Clone(c.Rank.Voices)
	other.Rank.Voices[i].Stays = rank.Left // the problems that it named stay named
	other.ready()
	if len(c.whatIfs) >= mostWhatIfs {
		clear(c.whatIfs)
	}
	c.whatIfs[key] = other
	return other, nil
}

// asks are the questions that can be asked of a page, and what it answers now.
func (c *Counted) asks(l *lang.Lang, whole *Counted, a asked) (v whatView) {
	if whole.Source == nil {
		for i := range whole.Rank.Voices {
			if voice := &whole.Rank.Voices[i]; voice.Stays == rank.Counts {
				v.Groups = append(v.Groups, option{Value: voiceKey(voice), Label: c.voiceName(l, voice)})
			}
		}
	}
	if a.view != c.Round.Rule.View {
		v.Said = append(v.Said, l.T("ranking.what.view", "view", l.T("view."+string(a.view)), "rule", l.T("view."+string(c.Round.Rule.View))))
	}
	if c.Without != nil {
		v.Without = voiceKey(c.Without)
		v.Said = append(v.Said, l.T("ranking.what.without", "group", c.voiceName(l, c.Without), "n", c.Without.N))
	}
	return v
}
