package handlers

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"time"

	"ashar/data"
)

// token stands in the addresses of one resident's pages: chance, the moment it
// was born, and our mark, without which nobody can make one. There is no cookie.
type token [30]byte

// Where the parts of a token stand.
const (
	tokenBorn = 16
	tokenMark = 20
	tokenLen  = 48 // letters
)

// tokenLetters are those of the words of surveys and one more, to be 32.
var tokenLetters = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)

func (t token) String() string { return tokenLetters.EncodeToString(t[:]) }

// born is when the first page was asked for.
func (t token) born() time.Time {
	return time.Unix(int64(binary.BigEndian.Uint32(t[tokenBorn:])), 0)
}

// corrects tells whether the token is of somebody who puts an answer right.
func (t token) corrects() bool { return t[0]&1 == 1 }

// mintToken makes a token for a page of a survey.
func (s *Server) mintToken(survey data.ID, corrects bool) token {
	var t token
	rand.Read(t[:tokenBorn]) // never fails
	t[0] &^= 1
	if corrects {
		t[0] |= 1
	}
	return s.marked(survey, t)
}

// tokenFrom makes the token of a form that has none of ours: the same form sent
// twice has the same one.
func (s *Server) tokenFrom(survey data.ID, sent string) token {
	if sent == "" {
		return s.mintToken(survey, false)
	}
	mac := hmac.New(sha256.New, s.Key)
	mac.Write([]byte("stray token\n" + sent))
	var t token
	copy(t[:tokenBorn], mac.Sum(nil))
	t[0] &^= 1
	return s.marked(survey, t)
}

func (s *Server) marked(survey data.ID, t token) token {
	binary.BigEndian.PutUint32(t[tokenBorn:], uint32(s.Now().Unix()))
	copy(t[tokenMark:], s.tokenMac(survey, t))
	return t
}

func (s *Server) tokenMac(survey data.ID, t token) []byte {
	mac := hmac.New(sha256.New, s.Key)
	mac.Write([]byte("resident's token\n"))
	mac.Write(survey[:])
	mac.Write(t[:tokenMark])
	return mac.Sum(nil)[:len(t)-tokenMark]
}

// readToken takes a token out of an address; false for what we never made for
// the survey.
func (s *Server) readToken(survey data.ID, text string) (t token, ours bool) {
	if len(text) != tokenLen {
		return t, false
	}
	if n, err := tokenLetters.Decode(t[:], []byte(text)); err != nil || n != len(t) {
		return t, false
	}
	return t, hmac.Equal(t[tokenMark:], s.tokenMac(survey, t))
}

// receiptLen is how many letters the code of a receipt has: nobody finds one by
// trying, and everybody can copy it by hand.
const receiptLen = 10

// receipt is the code that somebody gets when they have sent their answers. It
// follows from the token, so that a form sent twice has one receipt; the token
// does not follow from it.
func (t token) receipt() string {
	sum := sha256.Sum256([]byte("code" + t.String()))
	code := make([]byte, receiptLen)
	for i := range code {
		code[i] = data.WordLetters[int(binary.BigEndian.Uint16(sum[2*i:]))%len(data.WordLetters)]
	}
	return string(code)
}

// spaced is a code as people read it.
func spaced(code string) string {
	if len(code) != receiptLen {
		return code
	}
	return code[:5] + "-" + code[5:]
}
