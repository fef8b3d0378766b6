package handlers

import (
	"github.com/gin-gonic/gin"

	"ashar/data"
)

// usualBands are proposed for a new round: 28 was the last year of youth in
// Kyrgyz law for long. They are a proposal, not a rule.
const usualBands = "14-17,18-28,29-45,46-60,61+"

// preset is a ready group scheme.
type preset struct {
	key    string
	scheme func(*gin.Context) data.Scheme
}

// aris are the social groups of the village investment programme of ARIS; their
// names are words like all others.
var aris = []string{"unemployed_women", "elderly", "absent_parents", "poor", "disability", "salaried", "minorities"}

func (s *Server) presets() []preset {
	usual, err := data.ParseBands(usualBands)
	if err != nil {
		panic(err) // a constant of ours
	}
	return []preset{
		{"sex_age", func(*gin.Context) data.Scheme { return data.Scheme{Sexes: true, Bands: usual} }},
		{"aris", func(*gin.Context) data.Scheme {
			scheme := data.Scheme{Sexes: true}
			for _, key := range aris {
				scheme.Tags = append(scheme.Tags, data.Tag{Key: key, Name: s.said("tag.aris." + key)})
			}
			return scheme
		}},
		{"neighbourhood", func(*gin.Context) data.Scheme { return data.Scheme{Sexes: true, Bands: usual, Tags: nil} }},
	}
}

// said is a word of ours in every language, to be kept as people's own text.
func (s *Server) said(key string) (t data.Text) {
	for _, l := range s.words.All() {
		t.Put(l.Code(), l.T(key))
	}
	return t
}

// sayings are the tags of all presets, so that a name taken from one keeps its
// translations.
func (s *Server) sayings(c *gin.Context) (tags []data.Tag) {
	for _, p := range s.presets() {
		tags = append(tags, p.scheme(c).Tags...)
	}
	return tags
}
