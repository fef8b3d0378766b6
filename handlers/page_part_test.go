package handlers

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ashar/data"
)

func unpacked(t interface{ Fatal(...any) }, packed []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r) // the sum and the size are checked
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestAPartComesOutBetweenOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]string{"<td>", "суу", "\x00", "7"}), 0, 3000), func(words []string) []byte { return []byte(strings.Join(words, "")) })
		above, middle, below := text.Draw(t, "above"), text.Draw(t, "middle"), text.Draw(t, "below")
		kept, err := newPart(middle)
		if err != nil {
			t.Fatal(err)
		}
		want := bytes.Join([][]byte{above, middle, below}, nil)
		packed, err := kept.gzip(above, below)
		if err != nil {
			t.Fatal(err)
		}
		if got := unpacked(t, packed); !bytes.Equal(got, want) {
			t.Fatalf("unpacked %q, wanted %q", got, want)
		}
		if got, err := kept.plain(above, below); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("plain %q, %v, wanted %q", got, err, want)
		}
	})
}

// main is the main part of the page.
func (a answer) main() string {
	a.t.Helper()
	_, rest, begins := strings.Cut(a.body, `<main id="main">`)
	main, _, ends := strings.Cut(rest, "</main>")
	if !begins || !ends || !strings.HasSuffix(a.body, "</html>") {
		a.t.Fatalf("the page is not whole\n%s", a.body)
	}
	return main
}

func TestAKeptPageKnowsNobody(t *testing.T) {
	p := newPoll(t, 3)
	p.crowd(60)
	p.gathered()
	first := p.accounts[data.Observer]
	second := data.Account{ID: Mint(), Municipality: p.home.ID, Login: "second", Name: "Бермет А.", Role: data.Observer, Active: true, Created: p.clock()}
	p.must(p.store.AddAccount(t.Context(), second, data.Event{}))
	for _, address := range []string{p.at("results?by=sex"), "rounds/" + p.round.ID.String() + "/ranking", "rounds/" + p.round.ID.String() + "/ranking?source=" + p.survey.ID.String()} {
		one, other := p.client(first).get(address).want(http.StatusOK, first.Name, first.ID.String()), p.client(second).get(address).want(http.StatusOK, second.Name, second.ID.String())
		one.lacks(second.Name, second.ID.String())
		other.lacks(first.Name, first.ID.String())
		if one.main() != other.main() || !strings.Contains(one.main(), "<table") {
			t.Errorf("%s: two people see other figures", address)
		}
		for _, personal := range []string{first.Name, first.ID.String(), second.Name, second.ID.String(), "/language/"} {
			if strings.Contains(one.main(), personal) {
				t.Errorf("%s: %q stands among the figures", address, personal)
			}
		}
		packed := p.client(second).packed().get(address).want(http.StatusOK)
		if packed.header.Get("Content-Encoding") != "gzip" || string(unpacked(t, []byte(packed.body))) != other.body {
			t.Errorf("%s: the packed page is another", address)
		}
	}
}

func TestAKeptPageIsOneRolesAndOneLanguages(t *testing.T) {
	p := newPoll(t, 3)
	p.crowd(60)
	files := p.at("export/responses.csv")
	p.as(data.Observer).get(p.at("results")).want(http.StatusOK, "Apple").lacks(files)
	p.as(data.Staff).get(p.at("results")).want(http.StatusOK, "Apple", files)
	p.as(data.Observer).in("ru").get(p.at("results")).want(http.StatusOK, "ru Apple").lacks(files)
}
