package handlers

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
)

// paperSurveyRoutes are what is printed of a survey, and what is typed in from
// paper.
func (s *Server) paperSurveyRoutes() []route {
	return []route{
		{"GET", "/s/:word/sheet/:sheet", anyone, s.showScanned, 0},
		{"GET", "/:municipality/surveys/:id/poster", staff, s.showPoster, 0},
		{"GET", "/:municipality/surveys/:id/codes", staff, s.showCodes, 0},
		{"POST", "/:municipality/surveys/:id/codes", staff, s.makeCodes, 0},
		{"POST", "/:municipality/surveys/:id/codes/void", staff, s.voidCodes, 0},
		{"GET", "/:municipality/surveys/:id/paper", staff, s.showLeaf, 0},
		{"POST", "/:municipality/surveys/:id/paper", staff, s.addPrinting, 0},
		{"GET", "/:municipality/surveys/:id/paper/:printing", staff, s.showPrinting, 0},
		{"GET", "/:municipality/surveys/:id/entry", recorders, s.showTyped, 0},
		{"GET", "/:municipality/surveys/:id/entry/:sheet", recorders, s.showTyping, 0},
		{"POST", "/:municipality/surveys/:id/entry/:sheet", recorders, s.keepTyping, 0},
		{"POST", "/:municipality/surveys/:id/entry/:sheet/settle", recorders, s.settleTyping, 0},
		{"GET", "/:municipality/sessions/:id/paper/second", staff, s.showSecond, 0},
		{"POST", "/:municipality/sessions/:id/paper/second", staff, s.keepSecond, 0},
		{"POST", "/:municipality/sessions/:id/paper/settle", staff, s.settleSecond, 0},
	}
}

// paperHead is on all pages of a survey that are about paper. Part is the one
// among them.
type paperHead struct {
	surveyHead
	Part string
}

func (s *Server) paperHead(c *gin.Context, v survey, part string) paperHead {
	return paperHead{s.surveyHead(c, v, "paper"), part}
}

// leafView is a survey on paper, and the form that asks for numbered sheets.
type leafView struct {
	paperHead
	Langs     []residentLang
	Draft     bool // nobody has been asked these questions yet
	ID        string
	Printings []printingLine
	Villages  []option
	N         int
	Purpose   string
	Village   string
	Lang      string
	Most      int

	Place  string
	Round  string
	Name   string
	Intro  string
	Dates  string
	Help   string
	Thanks string
	Blocks []leafBlock
	Leaves []leafSheet
}

// leafSheet is one copy: its number, and where that leads.
type leafSheet struct {
	Number string
	QR     square
}

// printingLine is sheets that were printed together.
type printingLine struct {
	Address string
	From    string
	To      string
	Sheets  int
	Typed   int
	Purpose string
	Village string
	Lang    string
	When    time.Time
}

func (s *Server) showLeaf(c *gin.Context) error {
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	return s.leafPage(c, http.StatusOK, v, leafView{ID: s.Mint().String(), N: 20})
}

// leafPage is the sheet as it will be printed, without a number, below what was
// printed before.
func (s *Server) leafPage(c *gin.Context, status int, v survey, view leafView, bad ...data.Bad) error {
	f, err := s.leafForm(c, v)
	if err != nil {
		return err
	}
	s.speakOf(c, f.Languages)
	s.leaf(c, v, &f, &view)
	view.Draft, view.Most = v.Version == 0, data.MaxPrinted
	view.Leaves = []leafSheet{{}}
	villages, err := s.store.Villages(c, home(c))
	if err != nil {
		return err
	}
	view.Villages = villageChoices(words(c), villages)
	if view.Printings, err = s.printingLines(c, v, villages); err != nil {
		return err
	}
	return s.page(c, status, "survey_paper", view, bad...)
}

// printingLines are what was printed, and how much of it was typed in.
func (s *Server) printingLines(c *gin.Context, v survey, villages []data.Village) (lines []printingLine, err error) {
	printings, err := s.store.Printings(c, home(c), v.ID)
	if err != nil {
		return nil, err
	}
	typed, err := s.store.ResponsesOnPaper(c, home(c), v.ID)
	if err != nil {
		return nil, err
	}
	for _, p := range printings {
		line := printingLine{Address: v.address(c, "paper", p.ID.String()), From: data.SheetNumber(p.First), To: data.SheetNumber(p.Last), Sheets: p.Sheets(),
			Purpose: p.Purpose, Lang: p.Lang, When: p.Created.In(s.Zone)}
		if !p.Village.Zero() {
			line.Village = villageName(words(c), villages, p.Village)
		}
		for _, r := range typed {
			if n, ok := data.ReadSheet(r.Sheet); ok && n >= p.First && n <= p.Last {
				line.Typed++
			}
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// leaf puts a form on paper, in the language of the page.
func (s *Server) leaf(c *gin.Context, v survey, f *forms.Form, view *leafView) {
	l := words(c)
	p := newLeaf(f, l, func(*forms.Question) int { return leafRows })
	view.paperHead, view.Langs, view.Lang = s.paperHead(c, v, "paper"), s.leafLangs(c, f.Languages), l.Code()
	view.Place, _ = municipality(c).Name.In(l.Code())
	view.Round, view.Name, view.Intro, view.Thanks, view.Help = v.Round.Name, p.say(v.Title), p.say(f.Intro), p.say(f.Thanks), v.Help
	if v.Closes != "" {
		view.Dates = l.T("survey.poster.closes", "date", l.Date(v.Closes.Time()))
	}
	view.Blocks = p.blocks()
}

// addPrinting gives numbers to new sheets and shows them.
func (s *Server) addPrinting(c *gin.Context) error {
	f, v, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	if v.Version == 0 {
		return data.ErrConflict
	}
	asked, err := s.store.Version(c, home(c), v.ID, v.Version)
	if err != nil {
		return err
	}
	s.speakOf(c, asked.Languages)
	n := f.number("n")
	p := data.Printing{ID: f.birth(s.Mint), Survey: v.ID, Version: v.Version, Lang: words(c).Code(), Purpose: f.line("purpose"), Village: f.id("village"),
		By: account(c).ID, Created: s.Now()}
	if bad := f.join(data.CheckPrinting(n, p.Purpose)); bad != nil {
		return s.leafPage(c, http.StatusUnprocessableEntity, v, leafView{ID: p.ID.String(), N: n, Purpose: p.Purpose, Village: f.line("village")}, bad)
	}
	if p, err = s.store.AddPrinting(c, home(c), p, n, s.event(c, "survey.printed", v.ID, strconv.Itoa(n)+" · "+p.Purpose)); err != nil {
		return err
	}
	return s.done(c, v.address(c, "paper", p.ID.String()), nil)
}

// showPrinting is all sheets of a printing, each with its number.
func (s *Server) showPrinting(c *gin.Context) error {
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	id, err := param(c, "printing")
	if err != nil {
		return err
	}
	printings, err := s.store.Printings(c, home(c), v.ID)
	if err != nil {
		return err
	}
	for _, p := range printings {
		if p.ID == id {
			return s.printed(c, v, p)
		}
	}
	return data.ErrMissing
}

func (s *Server) printed(c *gin.Context, v survey, p data.Printing) error {
	f, err := s.store.Version(c, home(c), v.ID, p.Version)
	if err != nil {
		return err
	}
	l, ok := s.words.Get(p.Lang)
	if !ok {
		return data.ErrMissing
	}
	c.Set(keyLang, l)
	view := leafView{Purpose: p.Purpose, N: p.Sheets()}
	s.leaf(c, v, &f, &view)
	if !p.Village.Zero() {
		villages, err := s.store.Villages(c, home(c))
		if err != nil {
			return err
		}
		view.Village = villageName(l, villages, p.Village)
	}
	for n := p.First; n <= p.Last; n++ {
		sheet := leafSheet{Number: data.SheetNumber(n)}
		if sheet.QR, err = newSquare(s.public(c) + "/s/" + v.Word + "/sheet/" + sheet.Number); err != nil {
			return err
		}
		view.Leaves = append(view.Leaves, sheet)
	}
	return s.page(c, http.StatusOK, "survey_paper_sheets", view)
}

// showScanned is where the square on a sheet leads: whoever types it in to its
// page, a resident to the survey.
func (s *Server) showScanned(c *gin.Context) error {
	home, survey, err := s.store.SurveyAt(c, c.Param("word"))
	if err != nil {
		return err
	}
	address := "/s/" + survey.Word
	if a := account(c); a.Of(home) && a.May(recorders.roles...) {
		m, err := s.municipalityBy(c, home)
		if err != nil {
			return err
		}
		address = "/" + m.Slug + "/surveys/" + survey.ID.String() + "/entry/" + c.Param("sheet")
	}
	c.Redirect(http.StatusSeeOther, address)
	return nil
}
