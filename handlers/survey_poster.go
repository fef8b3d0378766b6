package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"ashar/data"
	forms "ashar/data/form"
)

// posterView is the sheet for a wall, and the text to send round.
type posterView struct {
	paperHead
	Langs    []residentLang
	Title    data.Text
	Place    data.Text
	Intro    data.Text
	Typed    string // the address as people type it
	Code     square
	Coded    bool
	Dates    []string
	Help     string
	Share    string
	WhatsApp string
	Telegram string
	Draft    bool // nobody can answer yet
}

func (s *Server) showPoster(c *gin.Context) error {
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	f, err := s.leafForm(c, v)
	if err != nil {
		return err
	}
	s.speakOf(c, f.Languages)
	l := words(c)
	link := s.public(c) + "/s/" + v.Word
	code, err := newSquare(link)
	if err != nil {
		return err
	}
	view := posterView{paperHead: s.paperHead(c, v, "poster"), Langs: s.leafLangs(c, f.Languages), Title: v.Title, Place: municipality(c).Name,
		Intro: f.Intro, Typed: typedLink(link), Code: code, Coded: v.Door == data.DoorCoded, Help: v.Help, Draft: v.Version == 0}
	if v.Opens != "" && v.Opens > s.today() {
		view.Dates = append(view.Dates, l.T("survey.poster.opens", "date", l.Date(v.Opens.Time())))
	}
	if v.Closes != "" {
		view.Dates = append(view.Dates, l.T("survey.poster.closes", "date", l.Date(v.Closes.Time())))
	}
	if v.Results != "" {
		view.Dates = append(view.Dates, l.T("survey.poster.results", "date", l.Date(v.Results.Time())))
	}
	title, _ := v.Title.In(l.Code())
	shared := link + "?l=" + l.Code()
	view.Share = strings.Join(append([]string{l.T("survey.poster.share", "title", title, "link", shared)}, view.Dates...), "\n")
	view.WhatsApp = "https://wa.me/?" + url.Values{"text": {view.Share}}.Encode()
	view.Telegram = "https://t.me/share/url?" + url.Values{"url": {shared}, "text": {title}}.Encode()
	return s.page(c, http.StatusOK, "survey_poster", view)
}

// typedLink is an address as people type it from paper.
func typedLink(link string) string {
	_, short, _ := strings.Cut(link, "://")
	return short
}

// leafForm is the form that is printed: the one that people answer, or before
// that the one that staff are working on.
func (s *Server) leafForm(c *gin.Context, v survey) (f forms.Form, err error) {
	if v.Version > 0 {
		return s.store.Version(c, home(c), v.ID, v.Version)
	}
	w, err := s.filling(c, v.Round)
	if err != nil {
		return f, err
	}
	if f, _, err = s.store.Draft(c, home(c), v.ID); err != nil {
		return f, err
	}
	f = w.Fill(f, s.words)
	if len(f.Languages) == 0 {
		f.Languages = data.Languages
	}
	return f, nil
}

// leafLangs are the links to a printed page in the languages of the survey.
func (s *Server) leafLangs(c *gin.Context, codes []string) (list []residentLang) {
	for _, code := range codes {
		if l, ok := s.words.Get(code); ok {
			list = append(list, residentLang{code, l.Name(), c.Request.URL.EscapedPath() + "?l=" + code, l == words(c)})
		}
	}
	return list
}
