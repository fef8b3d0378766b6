package handlers

import (
	"strings"

	"ashar/data"
	forms "ashar/data/form"
	"ashar/templates/lang"
)

// answerText is an answer in words, for a person who looks at one response.
func answerText(l *lang.Lang, a *forms.Asked, answer data.Answer) string {
	switch answer.Said {
	case data.Empty:
		return l.T("export.survey.empty")
	case data.Refused:
		return l.T("export.survey.refused")
	}
	label := func(choices []forms.Choice, name string) string {
		if c, ok := forms.ChoiceOf(choices, name); ok {
			if text, _ := c.Label.In(l.Code()); text != "" {
				return text
			}
		}
		return name
	}
	var parts []string
	switch a.Kind {
	case forms.One, forms.Village, forms.Sex, forms.Band:
		return label(a.Choices, answer.Text)
	case forms.Consent:
		return l.T("button.yes")
	case forms.Many:
		for _, name := range answer.Picks {
			parts = append(parts, label(a.Choices, name))
		}
	case forms.Rank:
		place := 1
		for _, tier := range answer.Ranks {
			for _, name := range tier {
				parts = append(parts, l.Number(place)+". "+label(a.Choices, name))
			}
			place += len(tier)
		}
	case forms.Points:
		for _, c := range a.Choices {
			if n := answer.Points[c.Name]; n > 0 {
				parts = append(parts, label(a.Choices, c.Name)+": "+l.Number(n))
			}
		}
	case forms.Pairs, forms.Matrix:
		return l.T("survey.cells", "n", len(answer.Cells))
	default:
		return answer.Text
	}
	return strings.Join(parts, "; ")
}
