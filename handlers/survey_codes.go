package handlers

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"ashar/data"
	"ashar/data/store"
	"ashar/templates/lang"
)

// codesView is the page on which codes are made, and how many of them came back.
type codesView struct {
	paperHead
	ID       string
	Batches  []batchLine
	Villages []option
	N        int
	Purpose  string
	Village  string
	Most     int
	DoorOpen bool   // whoever has the link may answer without one
	Lost     string // the code to be voided, as typed
	Voided   bool   // it has just been done
}

// batchLine is codes printed together.
type batchLine struct {
	store.CodeBatch
	Place string
}

// Left is how many still let somebody in.
func (b batchLine) Left() int { return b.Codes - b.Used - b.Voided }

// At is when they were printed, as a form gives it back.
func (b batchLine) At() int64 { return b.Created.UnixMilli() }

func (s *Server) showCodes(c *gin.Context) error {
	v, err := s.survey(c)
	if err != nil {
		return err
	}
	return s.codesPage(c, http.StatusOK, v, codesView{ID: s.Mint().String(), N: usualCodes, Voided: c.Query("voided") != ""})
}

// usualCodes is how many codes are proposed.
const usualCodes = 50

func (s *Server) codesPage(c *gin.Context, status int, v survey, view codesView, bad ...data.Bad) error {
	batches, err := s.store.CodeBatches(c, home(c), v.ID)
	if err != nil {
		return err
	}
	villages, err := s.store.Villages(c, home(c))
	if err != nil {
		return err
	}
	view.paperHead, view.Most, view.DoorOpen = s.paperHead(c, v, "codes"), data.MaxPrinted, v.Door == data.DoorOpen
	view.Villages = villageChoices(words(c), villages)
	for _, b := range batches {
		view.Batches = append(view.Batches, s.batchLine(c, b, villages))
	}
	return s.page(c, status, "survey_codes", view, bad...)
}

func (s *Server) batchLine(c *gin.Context, b store.CodeBatch, villages []data.Village) batchLine {
	line := batchLine{CodeBatch: b}
	line.Created = b.Created.In(s.Zone)
	if !b.Village.Zero() {
		line.Place = villageName(words(c), villages, b.Village)
	}
	return line
}

func villageChoices(l *lang.Lang, villages []data.Village) (options []option) {
	for _, one := range villages {
		name, _ := one.Name.In(l.Code())
		options = append(options, option{Value: one.ID.String(), Label: name})
	}
	return options
}

// codeSheetView is codes to cut apart. They are seen here and nowhere else.
type codeSheetView struct {
	paperHead
	Batch   batchLine
	Title   data.Text
	Ways    []codeWay
	Typed   string
	Cards   []codeCard
	Address string
}

// codeWay is what to do with a code, in one language.
type codeWay struct{ Lang, Text string }

type codeCard struct {
	Code string
	QR   square
}

// makeCodes keeps the keys of new codes and shows the codes, this once: the keys
// do not tell them. The same form sent again shows the same sheet.
func (s *Server) makeCodes(c *gin.Context) error {
	f, v, err := s.surveyToChange(c)
	if err != nil {
		return err
	}
	birth := f.birth(s.Mint)
	n, purpose, village := f.number("n"), f.line("purpose"), f.id("village")
	if bad := f.join(data.CheckPrinting(n, purpose)); bad != nil {
		return s.codesPage(c, http.StatusUnprocessableEntity, v, codesView{ID: birth.String(), N: n, Purpose: purpose, Village: f.line("village")}, bad)
	}
	villages, err := s.store.Villages(c, home(c))
	if err != nil {
		return err
	}
	letters, codes, now := make([]string, n), make([]data.Code, n), s.Now()
	for i := range letters {
		letters[i] = s.codeOf(v.ID, birth, i)
		codes[i] = data.Code{Survey: v.ID, Key: data.KeyOf(v.ID, letters[i]), Batch: purpose, Village: village, Created: now}
	}
	err = s.store.AddCodes(c, home(c), codes, s.event(c, "survey.codes", v.ID, strconv.Itoa(n)+" · "+purpose))
	if errors.Is(err, data.ErrConflict) {
		err = s.madeBefore(c, codes)
	}
	if err != nil {
		return err
	}
	return s.codeSheet(c, v, s.batchLine(c, store.CodeBatch{Name: purpose, Village: village}, villages), letters)
}

// madeBefore is nil where all the codes are kept already as they are, and none
// was voided: those that got lost are not printed again.
func (s *Server) madeBefore(c *gin.Context, codes []data.Code) error {
	for _, code := range codes {
		kept, err := s.store.CodeBy(c, home(c), code.Survey, code.Key)
		if err != nil || kept.Batch != code.Batch || kept.Village != code.Village || !kept.Voided.IsZero() {
			return data.ErrConflict
		}
	}
	return nil
}

// codeOf is the letters of one code. They follow from the form that asked for
// them and from our key, and are kept nowhere.
func (s *Server) codeOf(survey, birth data.ID, n int) string {
	mac := hmac.New(sha256.New, s.Key)
	mac.Write([]byte("codes of sheets\n"))
	mac.Write(survey[:])
	mac.Write(birth[:])
	mac.Write(binary.BigEndian.AppendUint32(nil, uint32(n)))
	sum := mac.Sum(nil)
	code := make([]byte, receiptLen)
	for i := range code {
		code[i] = data.WordLetters[int(binary.BigEndian.Uint16(sum[2*i:]))%len(data.WordLetters)]
	}
	return string(code)
}

func (s *Server) codeSheet(c *gin.Context, v survey, batch batchLine, letters []string) error {
	f, err := s.leafForm(c, v)
	if err != nil {
		return err
	}
	link := s.public(c) + "/s/" + v.Word
	view := codeSheetView{paperHead: s.paperHead(c, v, "codes"), Batch: batch, Title: v.Title, Typed: typedLink(link), Address: v.address(c, "codes")}
	for _, code := range f.Languages {
		if l, ok := s.words.Get(code); ok {
			view.Ways = append(view.Ways, codeWay{code, l.T("survey.codes.way", "link", view.Typed)})
		}
	}
	for _, code := range letters {
		drawn, err := newSquare(link + "?k=" + code)
		if err != nil {
			return err
		}
		view.Cards = append(view.Cards, codeCard{spaced(code), drawn})
	}
	return s.page(c, http.StatusOK, "survey_codes_sheet", view)
}
