package data

import (
	_ "embed"
	"encoding/json"
)

//go:embed seed.json
var seed []byte

// Seed is the starter list that comes with Ashar. Basis names the law its
// numbers come from, with its date: it is text to be checked and edited, never
// a rule.
type Seed struct {
	Basis    string
	Starters []Starter
}

// SeedStarters reads the list; its lines have no IDs yet.
func SeedStarters() (s Seed, err error) {
	err = json.Unmarshal(seed, &s)
	return s, err
}
