package data

import "time"

// Import is one file of ballots that was read into a round. It is made visible
// in one step and can be undone in one step.
type Import struct {
	ID      ID
	Round   ID
	File    string // its name
	Digest  string // SHA-256 of what it says, so that the same file adds nothing
	State   ImportState
	Ballots int
	By      ID
	Created time.Time
	Report  string // what was read, mapped, skipped and refused, as JSON
}

// ImportState is how far an import has come.
type ImportState string

// The states of an import.
const (
	Staged ImportState = "staged" // its entries are being written, nobody sees them
	Live   ImportState = "live"
	Undone ImportState = "undone" // taken out again
)
