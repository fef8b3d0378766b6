package handlers

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

	"ashar/data"
)

// errTooMany: too many wrong passwords; try again later.
var errTooMany = errors.New("too many attempts")

// Budgets of sign-in attempts: bursts, then one each so often. A browser that
// has signed in to the account before has a budget of its own, so that nobody
// can lock its owner out by guessing.
const (
	perAccount = 10
	everyLogin = 90 * time.Second
	perNetwork = 60
	everyPlace = 10 * time.Second
)

// attempts counts sign-in attempts, in memory only: no address is ever stored.
type attempts struct {
	mu      sync.Mutex
	buckets map[string]*bucket
}

type bucket struct {
	limiter *rate.Limiter
	used    time.Time
}

// mostBuckets bounds the memory; the longest unused go first.
const mostBuckets = 20_000

func newAttempts() *attempts { return &attempts{buckets: map[string]*bucket{}} }

// allow takes one attempt out of a budget, or tells that it is used up.
func (a *attempts) allow(key string, burst int, every time.Duration, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	b := a.buckets[key]
	if b == nil {
		if len(a.buckets) >= mostBuckets {
			a.sweep(now)
		}
		b = &bucket{limiter: rate.NewLimiter(rate.Every(every), burst)}
		a.buckets[key] = b
	}
	b.used = now
	return b.limiter.AllowN(now, 1)
}

// sweep forgets budgets that have filled up again meanwhile, and any when that
// is not enough.
func (a *attempts) sweep(now time.Time) {
	for key, b := range a.buckets {
		if now.Sub(b.used) > perAccount*everyLogin {
			delete(a.buckets, key)
		}
	}
	for key := range a.buckets {
		if len(a.buckets) < mostBuckets*9/10 {
			return
		}
		delete(a.buckets, key)
	}
}

// mayTry tells whether somebody may try a password for a login now.
func (s *Server) mayTry(c *gin.Context, login string) bool {
	now := s.Now()
	key := data.LoginKey(login)
	if s.knownBrowser(c, key) {
		return s.attempts.allow("known "+key, perAccount, everyLogin, now)
	}
	return s.attempts.allow("place "+network(c.ClientIP()), perNetwork, everyPlace, now) &&
		s.attempts.allow("login "+key, perAccount, everyLogin, now)
}

// network is the part of an address that one subscriber has.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	bits := 24
	if ip.Is6() && !ip.Is4In6() {
		bits = 64
	}
	prefix, err := ip.Unmap().Prefix(bits)
	if err != nil {
		return address
	}
	return prefix.String()
}

const knownCookie = "ashar-known"

// knownBrowser tells whether this browser has signed in with the login before.
func (s *Server) knownBrowser(c *gin.Context, loginKey string) bool {
	cookie, err := c.Cookie(knownCookie)
	return err == nil && hmac.Equal([]byte(cookie), []byte(s.knownMark(loginKey)))
}

// remember marks this browser as one that has signed in with the login.
func (s *Server) remember(c *gin.Context, login string) {
	http.SetCookie(c.Writer, &http.Cookie{Name: knownCookie, Value: s.knownMark(data.LoginKey(login)), Path: "/sign-in", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode})
}

func (s *Server) knownMark(loginKey string) string {
	mac := hmac.New(sha256.New, s.Key)
	mac.Write([]byte("known browser\n" + loginKey))
	return hex.EncodeToString(mac.Sum(nil))
}
