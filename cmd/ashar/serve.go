package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"runtime/debug"
	"time"

	"ashar/data/store"
	"ashar/handlers"
)

// serveCommand serves the pages until the system asks it to stop.
type serveCommand struct {
	Listen  string   `env:"ASHAR_LISTEN" default:"127.0.0.1:8080" placeholder:"ADDRESS" help:"Address to listen on."`
	URL     string   `name:"url" env:"ASHAR_URL" placeholder:"URL" help:"Public address, as people type it; https:// makes cookies secure."`
	Proxies []string `env:"ASHAR_PROXIES" placeholder:"NET" help:"Networks of reverse proxies whose X-Forwarded-For is believed, such as 127.0.0.1/32."`
	Zone    string   `env:"ASHAR_ZONE" default:"Asia/Bishkek" help:"Time zone of the villages."`
}

// Run is called by the command line.
func (c *serveCommand) Run(ctx context.Context, o *options) error {
	db, err := store.Open(ctx, o.DB, handlers.Mint)
	if err != nil {
		return err
	}
	defer db.Close()
	release, err := db.Serve(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := handlers.SeedStarters(ctx, db, handlers.Mint); err != nil {
		return err
	}
	config, err := c.config(ctx, db)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	if config.URL == nil {
		fmt.Fprintf(o.out, "Ashar is at http://%s/\n", listener.Addr())
	} else {
		fmt.Fprintf(o.out, "Ashar is at %s (listening on %s)\n", config.URL, listener.Addr())
	}
	if err := o.welcome(ctx, db, config, listener.Addr().String()); err != nil {
		return err
	}
	return serve(ctx, config, listener)
}

// config is what the handlers want to know.
func (c *serveCommand) config(ctx context.Context, db *store.Store) (handlers.Config, error) {
	config := handlers.Config{Store: db, Log: slog.New(slog.NewJSONHandler(os.Stderr, nil)), Now: time.Now, Mint: handlers.Mint}
	var err error
	if config.Zone, err = time.LoadLocation(c.Zone); err != nil {
		return config, err
	}
	if c.URL != "" {
		config.URL, err = url.Parse(c.URL)
		if err != nil || config.URL.Host == "" || config.URL.Scheme != "http" && config.URL.Scheme != "https" {
			return config, fmt.Errorf("--url must be like https://ashar.example.kg, not %q", c.URL)
		}
	}
	for _, p := range c.Proxies {
		prefix, err := netip.ParsePrefix(p)
		if err != nil {
			return config, fmt.Errorf("--proxies must be networks like 127.0.0.1/32: %w", err)
		}
		config.Proxies = append(config.Proxies, prefix)
	}
	config.Key, err = cookieKey(ctx, db)
	return config, err
}

// cookieKey is the key that signs cookies, drawn at the first start.
func cookieKey(ctx context.Context, db *store.Store) ([]byte, error) {
	kept, err := db.Setting(ctx, "cookie-key")
	if err != nil {
		return nil, err
	}
	if key, err := hex.DecodeString(kept); err == nil && len(key) == 32 {
		return key, nil
	}
	key := make([]byte, 32)
	rand.Read(key) // never fails
	return key, db.SaveSetting(ctx, "cookie-key", hex.EncodeToString(key))
}

// welcome prints the link by which the first administrator is made, as long as
// there is none.
func (o *options) welcome(ctx context.Context, db *store.Store, config handlers.Config, at string) error {
	n, err := db.Administrators(ctx)
	if err != nil || n > 0 {
		return err
	}
	path, err := handlers.NewSetUp(ctx, db, config.Now())
	if err != nil {
		return err
	}
	base := "http://" + at
	if config.URL != nil {
		base = config.URL.Scheme + "://" + config.URL.Host
	}
	fmt.Fprintf(o.out, "There is no administrator yet. Open this within %d minutes to become the first:\n\n  %s%s\n\n(ashar set-up prints a new one.)\n",
		int(handlers.SetUpLasts/time.Minute), base, path)
	return nil
}

// serve answers until the context ends, then lets the requests under way finish.
func serve(ctx context.Context, config handlers.Config, listener net.Listener) error {
	s, err := handlers.New(config)
	if err != nil {
		return err
	}
	defer s.Stop()
	s.Sweep()
	s.KeepHouse()
	handler, err := s.Handler()
	if err != nil {
		return err
	}
	server := s.HTTPServer(ctx, handler)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	// What only the start needed goes back to the system, once the first page is
	// out; what lies in pools outlives the first time.
	time.AfterFunc(time.Second, func() { debug.FreeOSMemory(); debug.FreeOSMemory() })
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// usualZone is where the villages are unless somebody says otherwise.
const usualZone = "Asia/Bishkek"
