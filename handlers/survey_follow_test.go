package handlers

import (
	"net/http"
	"strings"
	"testing"

	"ashar/data"
	forms "ashar/data/form"
)

// Staff say of which answer the choices of a question depend, and of each choice
// to which answer it belongs: no expression is typed.
func TestChoicesAreGivenToTheAnswersOfAnotherQuestion(t *testing.T) {
	site := newSite(t)
	staff := site.as(data.Staff)
	v := site.begins("blank")
	add := func(kind, label, place string) string {
		a := staff.post(surveyPath(v, "questions"), "kind", kind, "label", label, "after", place).want(http.StatusSeeOther)
		to := a.header.Get("Location")
		return to[strings.LastIndex(to, "/")+1:]
	}
	save := func(name string, pairs ...string) {
		t.Helper()
		at := surveyPath(v, "questions", name)
		staff.post(at, append([]string{"seen", staff.get(at).field("seen"), "do", "stay", "label.en", "Which " + name + "?"}, pairs...)...).want(http.StatusSeeOther)
	}
	group := add("group", "Home", "")
	part, street := add("one", "Part", "in:"+group), add("one", "Street", "in:"+group)
	save(part, "c.n", "0", "c.new", "Upper\nLower")
	save(street, "c.n", "0", "c.new", "Manas\nLenin", "follows", part)
	page := staff.get(surveyPath(v, "questions", street)).want(http.StatusOK, `<option value="of_part=upper">Upper</option>`, `<option value="of_part=lower">Lower</option>`)
	save(street, "c.n", "2", "c.0.name", "manas", "c.0.label.en", "Manas", "c.0.extra", "of_part=upper", "c.1.name", "lenin", "c.1.label.en", "Lenin", "c.1.extra", "of_part=lower")
	staff.get(surveyPath(v, "questions", street)).want(http.StatusOK, `<option value="of_part=upper" selected>Upper</option>`).lacks("No choice of the list has a column")

	f := site.draft(v)
	q := f.Question(street)
	if q.Filter != "of_part = ${part}" || f.Holder(street) != group || f.Choices(q)[1].Extra["of_part"] != "lower" {
		t.Errorf("kept %+v %+v", q, f.Choices(q))
	}
	run := f.Run(data.Answers{part: {Text: "lower"}}, site.clock(), "en")
	if left := run.Choices(run.Form.Question(street), -1); len(left) != 1 || left[0].Name != "lenin" {
		t.Errorf("offered %+v", left)
	}
	// An answer that is taken away is not lost from the choices that belonged to it.
	save(part, "c.n", "1", "c.0.name", "upper", "c.0.label.en", "Upper")
	staff.get(surveyPath(v, "questions", street)).want(http.StatusOK, `<option value="of_part=lower" selected>lower</option>`)
	page.lacks("of_street=")
}

func TestColumnsHaveNamesThatFiltersRead(t *testing.T) {
	for _, name := range []string{"part", "name", "a.b-c", "_x"} {
		filter := follows(name)
		parsed, err := forms.ParseFilter(filter)
		found := followed.FindStringSubmatch(filter)
		if err != nil || len(parsed.Columns()) != 1 || parsed.Columns()[0] == "name" || found == nil || found[2] != name || found[1] != parsed.Columns()[0] {
			t.Errorf("%s: %q %v %v", name, filter, found, err)
		}
	}
}

// What is put right before the first day of a survey can be published at once.
func TestASurveyThatWaitsForItsDayIsPutRight(t *testing.T) {
	site := newSite(t)
	staff := site.as(data.Staff)
	v := site.begins("needs")
	tomorrow := data.Date(site.clock().AddDate(0, 0, 1).Format("2006-01-02"))
	v.Opens = tomorrow
	site.must(site.store.SaveSurvey(t.Context(), site.home.ID, v, data.Event{}))
	staff.post(surveyPath(v, "open"), "stamp", staff.get(surveyPath(v)).field("stamp")).want(http.StatusSeeOther)
	staff.get(surveyPath(v)).want(http.StatusOK, "waiting for its day").lacks("Publish the changes")
	staff.post(surveyPath(v, "build"), "do", "up:else").want(http.StatusSeeOther)
	head := staff.get(surveyPath(v)).want(http.StatusOK, "waiting for its day", "Publish the changes")
	staff.post(surveyPath(v, "open"), "stamp", head.field("stamp")).want(http.StatusSeeOther)
	if now := site.reread(v); now.Version != 2 || now.Phase(site.server.today()) != data.PhaseEarly {
		t.Errorf("%+v", now)
	}
}
