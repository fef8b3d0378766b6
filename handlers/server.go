// Package handlers is how a request becomes an answer. A handler reads the
// request, asks the nouns, keeps what is new, and shows a page; it returns its
// trouble, and one place turns that into an answer.
package handlers

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/klauspost/compress/gzhttp"

	"ashar/data"
	"ashar/data/store"
	"ashar/static"
	"ashar/templates"
	"ashar/templates/lang"
)

// Config is what the outside world decides. Now and Mint let tests hold the
// clock and the dice.
type Config struct {
	Store   *store.Store
	URL     *url.URL       // the public address; decides whether cookies are Secure
	Proxies []netip.Prefix // whose X-Forwarded-For is believed
	Zone    *time.Location // of the villages
	Key     []byte         // signs cookies, 32 bytes
	Log     *slog.Logger
	Now     func() time.Time
	Mint    func() data.ID
}

// Server answers.
type Server struct {
	Config
	store     *store.Store
	templates *templates.Templates
	words     lang.Set
	assets    *static.Files
	visits    *visits
	attempts  *attempts
	counts    *memory[roundCount]
	rankings  turns[*drawnPage]
	tallies   *memory[surveyTally]
	sheets    *sheets
	offers    *offers
	guard     *guard
	rules     ruleBook
	imports   *importJobs
	cross     *http.CrossOriginProtection
	hashing   chan struct{} // bounds how many passwords are hashed at once
}

// Mint makes an ID: a UUID of version 7.
func Mint() data.ID { return data.ID(uuid.Must(uuid.NewV7())) }

// New makes a server ready to answer.
func New(config Config) (*Server, error) {
	words, err := lang.Load()
	if err != nil {
		return nil, err
	}
	assets, err := static.New()
	if err != nil {
		return nil, err
	}
	pages, err := templates.New(words, assets)
	if err != nil {
		return nil, err
	}
	s := &Server{Config: config, store: config.Store, templates: pages, words: words, assets: assets,
		attempts: newAttempts(), counts: newMemory(mostRounds, newRoundCount),
		tallies: newMemory(mostSurveys, func() *surveyTally { return &surveyTally{} }), sheets: newSheets(), cross: http.NewCrossOriginProtection(), imports: newImportJobs(config.Log), hashing: make(chan struct{}, 2)}
	s.visits = newVisits(s)
	s.offers, s.guard = newOffers(), newGuard()
	return s, nil
}

// Handler is the whole server behind its common doors: what comes from another
// site is refused, what goes out is compressed.
func (s *Server) Handler() (http.Handler, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.ContextWithFallback = true // else a request that is gone never cancels its queries
	engine.RedirectTrailingSlash = false
	engine.HandleMethodNotAllowed = true
	var proxies []string
	for _, p := range s.Proxies {
		proxies = append(proxies, p.String())
	}
	if err := engine.SetTrustedProxies(proxies); err != nil {
		return nil, err
	}
	engine.Use(s.recovered, s.headers, s.crossed)
	s.route(engine)
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1000), gzhttp.ExceptContentTypes([]string{"font/woff2", "image/png", "application/zip",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}))
	if err != nil {
		return nil, err
	}
	pages := compress(engine)
	mux := http.NewServeMux()
	mux.Handle("/static/", s.assets) // packed already
	mux.Handle("/", pages)
	return mux, nil
}

// HTTPServer bounds how long a client may take, and how much it may say.
func (s *Server) HTTPServer(ctx context.Context, handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       2 * time.Minute, // a form over 2G
		WriteTimeout:      3 * time.Minute, // a page over 2G
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
}

// secure tells whether the public address is behind TLS.
func (s *Server) secure() bool { return s.URL != nil && s.URL.Scheme == "https" }

// today is the day in the villages.
func (s *Server) today() data.Date { return data.Date(s.Now().In(s.Zone).Format(time.DateOnly)) }
