package handlers

import (
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/templates/lang"
)

// auditView is a page of the audit, newest first.
type auditView struct {
	Lines  []auditLine
	Before int64 // the next page begins before this; 0 where there is none
}

type auditLine struct {
	Seq    int64
	At     time.Time
	Who    string
	What   string
	Detail string
	Hash   string
}

// auditPage is how many lines a page has.
const auditPage = 100

func (s *Server) audit(c *gin.Context, municipality data.ID) error {
	before, err := strconv.ParseInt(c.DefaultQuery("before", "0"), 10, 64)
	if err != nil || before < 0 {
		return data.ErrMissing
	}
	events, err := s.store.Events(c, municipality, before, auditPage)
	if err != nil {
		return err
	}
	accounts, err := s.store.Accounts(c)
	if err != nil {
		return err
	}
	names := map[data.ID]string{{}: words(c).T("audit.command_line")}
	for _, a := range accounts {
		names[a.ID] = a.Name
	}
	var view auditView
	for _, e := range events {
		view.Lines = append(view.Lines, auditLine{e.Seq, e.At.In(s.Zone), names[e.Account], words(c).T("audit." + e.Action), asWritten(words(c), e.Detail), e.Hash[:12]})
	}
	if len(events) == auditPage && events[auditPage-1].Seq > 1 {
		view.Before = events[auditPage-1].Seq
	}
	return s.page(c, http.StatusOK, "audit", view)
}

var isoDate = regexp.MustCompile(`\b\d{4}-\d\d-\d\d\b`)

// asWritten is a detail as it was written down, its dates as people write them.
func asWritten(l *lang.Lang, detail string) string {
	return isoDate.ReplaceAllStringFunc(detail, func(day string) string {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return day
		}
		return l.ShortDate(at)
	})
}

func (s *Server) showAudit(c *gin.Context) error { return s.audit(c, home(c)) }

// showWholeAudit is what concerns the whole installation: its administrators,
// its municipalities, its starter list.
func (s *Server) showWholeAudit(c *gin.Context) error { return s.audit(c, data.ID{}) }
