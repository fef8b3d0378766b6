package handlers

import (
	"context"
	"image/color"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/boombuler/barcode/qr"

	"ashar/data"
)

func TestCodesAreShownOnceAndWork(t *testing.T) {
	s := newSite(t)
	v := s.surveyed(everyKind())
	who := s.as(data.Staff)
	form := who.get(surveyAt(v, "codes")).want(200, s.said("survey.codes.once"))
	ask := []string{"id", form.id(), "n", "12", "purpose", "Бала бакча", "village", s.villages[0].ID.String()}
	page := who.post(surveyAt(v, "codes"), ask...).want(200, s.said("survey.codes.now"))
	codes := regexp.MustCompile(`<p class="code">([^<]+)</p>`).FindAllStringSubmatch(page.body, -1)
	if len(codes) != 12 {
		t.Fatalf("%d codes", len(codes))
	}
	seen := map[string]bool{}
	for _, code := range codes {
		if seen[code[1]] = true; !regexp.MustCompile(`^[a-hjkmnp-z2-9]{5}-[a-hjkmnp-z2-9]{5}$`).MatchString(code[1]) {
			t.Errorf("code %q", code[1])
		}
		kept, err := s.store.CodeBy(context.Background(), s.home.ID, v.ID, data.KeyOf(v.ID, code[1]))
		if err != nil || kept.Batch != "Бала бакча" || kept.Village != s.villages[0].ID {
			t.Errorf("%s: %+v %v", code[1], kept, err)
		}
	}
	if len(seen) != 12 {
		t.Error("codes repeat")
	}
	again := who.post(surveyAt(v, "codes"), ask...).want(200)
	if again.body != page.body {
		t.Error("the same form shows other codes")
	}
	key := data.KeyOf(v.ID, codes[0][1])
	_, err := s.store.AddResponse(context.Background(), s.home.ID, data.Response{ID: Mint(), Survey: v.ID, Version: 1, Key: data.KeyOf(v.ID, "x"), Tier: data.TierCoded, State: data.StateCounted, Received: s.clock()}, &key)
	s.must(err)
	list := who.get(surveyAt(v, "codes")).want(200, "Бала бакча", `How many">12<`, `Used">1<`, `Voided">0<`, `Left">11<`)
	for code := range seen {
		list.lacks(code)
	}
	who.post(surveyAt(v, "codes"), "n", "0", "purpose", "").want(422, s.said("error.required"))
	who.post(surveyAt(v, "codes"), "n", "301", "purpose", "x").want(422)
}

// A sheet of codes that got lost lets nobody in any more, nor does one code that
// did; what was answered before still counts, and the audit tells of it.
func TestLostCodesAreVoided(t *testing.T) {
	s := newSite(t)
	survey := s.opens(s.short(), func(v *data.Survey) { v.Door = data.DoorBoth })
	at := "/" + s.home.Slug + "/surveys/" + survey.ID.String() + "/codes"
	who, p := s.as(data.Staff), s.phone()
	print := func(purpose string) (codes []string, form []string) {
		form = []string{"id", who.get(at).id(), "n", "3", "purpose", purpose}
		for _, code := range regexp.MustCompile(`<p class="code">([^<]+)</p>`).FindAllStringSubmatch(who.post(at, form...).want(200).body, -1) {
			codes = append(codes, code[1])
		}
		return codes, form
	}
	with := func(code string) answer { return p.get("/s/" + surveyWord + "?k=" + code) }
	lost, form := print("Water & roads <1>")
	need := "need/" + s.problems[0].ID.String()
	answered := with(lost[0]).want(200, "Question need")
	p.get(p.post(answered.action(), "k", lost[0], need, "1").next()).receipt()
	begun := with(lost[1]).want(200, "Question need")

	s.now = s.clock().Add(time.Minute)
	rest, _ := print("Water & roads <1>")
	page := who.get(at).want(200, "Void 2 codes", "Void 3 codes")
	batch := []string{"batch", "Water & roads <1>", "village", page.field("village"), "created", page.field("created")}
	who.post(at+"/void", batch...).want(200, "Void 2 codes?", "Water & roads <1>", s.said("survey.codes.void.help"))
	with(lost[2]).want(200, "Question need") // it only asked
	who.post(at+"/void", append(batch, "sure", "1")...).want(303)
	who.post(at+"/void", batch...).want(303) // nothing is left to ask about
	who.get(at+"?voided=1").want(200, s.said("survey.codes.void.done"), `Used">1<`, `Voided">2<`, `Left">0<`, "Void 3 codes").lacks("Void 2 codes")
	p.post(begun.action(), "k", lost[1], need, "1").want(200, "This code is no longer valid")
	with(lost[2]).want(200, "This code is no longer valid", "Answer without a code").lacks("Question need")
	with(lost[0]).want(200, "This code has been used")
	who.post(at, form...).want(409) // they are not printed again

	who.post(at+"/void", "code", strings.ToUpper(rest[1])).want(200, "Void 1 code?", strings.ToUpper(rest[1]))
	with(rest[1]).want(200, "Question need")
	who.post(at+"/void", "code", strings.ToUpper(rest[1]), "sure", "1").want(303)
	who.post(at+"/void", "code", rest[1], "sure", "1").want(303) // twice is as good as once
	with(rest[1]).want(200, "This code is no longer valid")
	with(rest[2]).want(200, "Question need")
	who.post(at+"/void", "code", lost[0]).want(422, s.said("survey.codes.void.used"), lost[0])
	who.post(at+"/void", "code", "nosuch").want(422, s.said("survey.codes.void.unknown"))
	who.post(at+"/void", "code", " ").want(422, s.said("error.required"))
	who.post(at+"/void", "code", lost[0], "sure", "1").want(422, s.said("survey.codes.void.used"))
	who.post(at+"/void", "batch", "x", "created", "soon").want(422)
	who.post(at+"/void", "batch", "x", "created", "1").want(404)
	audit := who.get("/"+s.home.Slug+"/audit").want(200, "Codes were voided", "2 · Water & roads")
	if n := strings.Count(audit.body, "Codes were voided"); n != 2 || len(s.responses(survey)) != 1 {
		t.Errorf("%d lines of the audit, %d responses", n, len(s.responses(survey)))
	}
}

// matrixOf is the modules of a QR code as its SVG path draws them.
func matrixOf(t *testing.T, q square) map[[2]int]bool {
	t.Helper()
	dark := map[[2]int]bool{}
	rest := q.Path
	for _, bar := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`).FindAllStringSubmatch(q.Path, -1) {
		x, _ := strconv.Atoi(bar[1])
		y, _ := strconv.Atoi(bar[2])
		n, _ := strconv.Atoi(bar[3])
		if bar[3] != bar[4] {
			t.Fatal(bar)
		}
		for i := range n {
			dark[[2]int{x + i, y}] = true
		}
		rest = strings.Replace(rest, bar[0], "", 1)
	}
	if rest != "" {
		t.Fatalf("the path also says %q", rest)
	}
	return dark
}

func TestTheSquareIsTheCodeWithAQuietBorder(t *testing.T) {
	for _, text := range []string{"https://ashar.kg/s/suu", "https://ashar.example.gov.kg/s/akmuz27?k=abcdeabcde", "https://ashar.kg/s/suu/sheet/714"} {
		q, err := newSquare(text)
		if err != nil {
			t.Fatal(err)
		}
		code, err := qr.Encode(text, qr.M, qr.Auto)
		if err != nil {
			t.Fatal(err)
		}
		side := code.Bounds().Dx()
		if q.Version > 4 || q.Version != (side-17)/4 || q.Size != side+8 {
			t.Errorf("%s: version %d, size %d", text, q.Version, q.Size)
		}
		dark := matrixOf(t, q)
		for y := range q.Size {
			for x := range q.Size {
				want := x >= 4 && y >= 4 && x < side+4 && y < side+4 && code.At(x-4, y-4) == color.Black
				if dark[[2]int{x, y}] != want {
					t.Fatalf("%s: module %d, %d is %v", text, x, y, !want)
				}
			}
		}
		if got := unsquared(t, dark, side); got != text {
			t.Errorf("the square says %q, not %q", got, text)
		}
	}
}

func TestThePosterSaysWhereAndWhoSees(t *testing.T) {
	s := newSite(t)
	v := s.surveyed(everyKind())
	for lang, intro := range map[string]string{"ky": "айыл өкмөтү гана көрөт", "ru": "увидит только айыл окмоту", "en": "Only the municipality sees"} {
		page := s.as(data.Staff).get(surveyAt(v, "poster")+"?l="+lang).want(200, "example.com/s/"+v.Word, intro, "0555 12-34-56", "2099", url.QueryEscape("http://example.com/s/"+v.Word+"?l="+lang))
		if !strings.Contains(page.body, `<svg class="qr" viewBox="0 0 `) {
			t.Error("there is no square")
		}
	}
}
