package handlers

import (
	"context"
	"html"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ashar/data"
)

func (s *site) projector() string { return "rounds/" + s.round.ID.String() + "/projector" }

var slideHeading = regexp.MustCompile(`<h2 id="slide-\d+-heading"[^>]*>([^<]*)</h2>`)

func (a answer) slides() (headings []string) {
	for _, found := range slideHeading.FindAllStringSubmatch(a.body, -1) {
		headings = append(headings, found[1])
	}
	return headings
}

func TestSlidesTellTheResultInOrder(t *testing.T) {
	s := newSite(t).ruled().apart()
	if two := s.as(data.Staff).get(s.projector()).want(http.StatusOK).slides(); len(two) != 4 {
		t.Errorf("with two groups of a sex a draw shows one alone, and the slides are %q", two)
	}
	s.raises(1, youngWomen, 9, 9, 4, 2)
	s.raises(1, youngMen, 8, 2, 4, 8)
	page := s.as(data.Staff).get(s.projector()).want(http.StatusOK).honest()
	page.inOrder(`class="cells"`, `class="slide-lists"`, `class="slide-rows group-all`, `class="slide-rows rungs`, `class="chart replay"`)
	if headings := page.slides(); len(headings) != 5 || headings[1] != s.said("chart.sexes.differ") {
		t.Errorf("the slides are %q", headings)
	}
	page.lacks("Айгүл")
}

// One old man among many is drawn and left out together with the other men.
func TestAFewDoNotHideHowSureTheOrderIs(t *testing.T) {
	s := newSite(t).ruled().apart()
	s.raises(1, youngWomen, 9, 9, 4, 2)
	s.raises(1, youngMen, 8, 2, 4, 8)
	s.raises(1, oldMen, 2, 0, 1)
	page, note := s.as(data.Staff).get(s.projector()).want(http.StatusOK).honest(), s.said("report.together", "least", 5)
	page.inOrder(`class="slide-rows rungs`, note, `class="chart replay"`)
	if paper := s.paper("A4", "en"); !strings.Contains(paper, note) {
		t.Errorf("the paper does not say what was done with the old man:\n%s", paper)
	}
}

// The heading of a slide must not promise more than the places under it.
func TestASlideDoesNotCallFirstPlaceSureWhereOthersCanTakeIt(t *testing.T) {
	s := newSite(t).ruled().apart()
	for _, path := range []string{s.projector(), s.ranking("")} {
		page := s.as(data.Staff).get(path).want(http.StatusOK)
		if strings.Contains(page.body, "1–3</span>") && !page.has("First place is not sure") {
			t.Errorf("%s: others can be first, and nobody says so", path)
		}
	}
	ladder := s.as(data.Staff).get(s.projector()).slides()[3]
	if !strings.HasPrefix(ladder, "First place is") {
		t.Errorf("the slide of places is headed %q", ladder)
	}
}

func TestFewPeopleAreNotOnTheWallOrThePaper(t *testing.T) {
	for name, c := range map[string]struct {
		speak func(s *site)
		few   bool     // not even everybody are enough
		sexes bool     // women and men are shown apart
		lacks []string // on the wall and on the paper
	}{
		"four in all":           {func(s *site) { s.raises(0, youngWomen, 2, 2, 1); s.raises(1, youngMen, 2, 1, 2) }, true, false, []string{"Drinking water", "Internal roads"}},
		"two men among women":   {func(s *site) { s.raises(0, youngWomen, 9, 8, 5); s.raises(1, youngMen, 2, 1, 2) }, false, false, []string{"Терек-Суу"}},
		"a village of three":    {func(s *site) { s.gathered().raises(2, youngMen, 3, 1, 3) }, false, true, []string{"Терек-Суу", "Булак"}},
		"an old man among many": {func(s *site) { s.gathered().raises(1, oldMen, 1, 0, 1) }, false, true, []string{"Men, 61+"}},
		"enough of every kind":  {func(s *site) { s.gathered() }, false, true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t).ruled()
			third := data.Village{ID: Mint(), Name: data.Text{KY: "Булак"}}
			s.must(s.store.SaveVillage(context.Background(), s.home.ID, third, data.Event{}))
			s.villages = append(s.villages, third)
			c.speak(s)
			wall, paper := s.as(data.Staff).get(s.projector()).want(http.StatusOK).honest(), s.paper("A4", "en")
			for where, text := range map[string]string{"wall": wall.seen(), "paper": paper} {
				if has := strings.Contains(text, s.said("ranking.reason.few", "least", 5)); has != c.few {
					t.Errorf("the %s says that they are too few: %v", where, has)
				}
				if has := strings.Contains(text, s.said("sex.female")+" "+s.said("count.people", "n", 18)) || strings.Contains(text, s.said("report.apart")); has != c.sexes {
					t.Errorf("the %s shows women and men apart: %v\n%s", where, has, text)
				}
				for _, lacked := range c.lacks {
					if strings.Contains(text, lacked) {
						t.Errorf("the %s has %q:\n%s", where, lacked, text)
					}
				}
			}
		})
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

// seen is the text of a page in one line.
func (a answer) seen() string {
	return strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(a.body, " "))), " ")
}

// paper is the text of the report, in one line.
func (s *site) paper(size, code string) string {
	s.t.Helper()
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("ASHAR_TEST_REQUIRED") == "1" {
			s.t.Fatal("pdftotext is missing")
		}
		s.t.Skip("pdftotext is missing")
	}
	pdf := s.as(data.Staff).in(code).get(s.ranking(".pdf?size=" + size)).want(http.StatusOK)
	if !strings.HasPrefix(pdf.body, "%PDF-") || pdf.header.Get("Content-Type") != "application/pdf" {
		s.t.Fatalf("%s is no PDF: %.20q", pdf.header.Get("Content-Type"), pdf.body)
	}
	file := filepath.Join(s.t.TempDir(), size+code+".pdf")
	s.must(os.WriteFile(file, []byte(pdf.body), 0o600))
	out, err := exec.Command(program, "-enc", "UTF-8", "-layout", file, "-").Output()
	s.must(err)
	return strings.Join(strings.Fields(string(out)), " ")
}

func TestThePaperSaysWhatThePageSays(t *testing.T) {
	s := newSite(t).ruled().gathered()
	for _, l := range s.server.words.All() {
		page := s.as(data.Staff).in(l.Code()).get(s.ranking("")).want(http.StatusOK).honest()
		for _, size := range []string{"A4", "A3"} {
			paper := s.paper(size, l.Code())
			for _, fact := range []string{regexp.MustCompile(`<h1>([^<]+)</h1>`).FindStringSubmatch(page.body)[1], regexp.MustCompile(`<p class="lead">([^<.]+\.)`).FindStringSubmatch(page.body)[1],
				l.T("count.people", "n", 34), l.T("count.groups", "n", 4), l.T("ranking.method"), l.T("view.people"), l.T("ranking.check.agree", "n", 3)} {
				if !strings.Contains(paper, strings.Join(strings.Fields(fact), " ")) {
					t.Errorf("%s %s lacks %q:\n%s", l.Code(), size, fact, paper)
				}
			}
			if strings.Contains(paper, "NaN") || strings.Contains(paper, "⟦") || strings.Contains(paper, "Айгүл") {
				t.Errorf("%s %s: %s", l.Code(), size, paper)
			}
		}
	}
}

func TestPaperIsOfASizeThatPrintersHave(t *testing.T) {
	s := newSite(t).ruled().gathered()
	for size, status := range map[string]int{"": http.StatusOK, "?size=A4": http.StatusOK, "?size=A3": http.StatusOK, "?size=": http.StatusNotFound, "?size=a4": http.StatusNotFound, "?size=A5": http.StatusNotFound, "?size=Letter": http.StatusNotFound} {
		s.as(data.Observer).get(s.ranking(".pdf" + size)).want(status)
	}
}

func TestInventedDataSaySoOnTheWallAndThePaper(t *testing.T) {
	s := newSite(t).ruled().gathered()
	banner := s.said("synthetic.banner")
	s.as(data.Staff).get(s.projector()).want(http.StatusOK).lacks(banner)
	if strings.Contains(s.paper("A4", "en"), banner) {
		t.Error("what is real is called invented")
	}
	s.home.Invented = true
	s.must(s.store.SaveMunicipality(context.Background(), s.home, data.Event{}))
	s.as(data.Staff).get(s.projector()).want(http.StatusOK, banner)
	if paper := s.paper("A4", "en"); !strings.Contains(paper, banner) {
		t.Error(paper)
	}
}
