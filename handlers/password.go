package handlers

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"math/big"
	"strings"
	"sync"

	"golang.org/x/crypto/argon2"
)

// Argon2id as OWASP advises for small servers: 19 MiB, two passes, one lane;
// about 30 ms on the machines we tried.
const (
	argonMemory = 19 << 10
	argonTime   = 2
	argonLanes  = 1
	argonKey    = 32
)

// HashPassword is a password in PHC form: $argon2id$v=19$m=...,t=...,p=...$salt$key.
func HashPassword(password string) string {
	salt := make([]byte, 16)
	rand.Read(salt) // never fails
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonLanes, argonKey)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonLanes, b64.EncodeToString(salt), b64.EncodeToString(key))
}

// samePassword tells whether a password is the one that was hashed.
func samePassword(password, hash string) bool {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	var version, memory, time, lanes int
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &time, &lanes); err != nil || version != argon2.Version {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(key) == 0 {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, uint32(time), uint32(memory), uint8(lanes), uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1
}

// nobody's hash is compared when a login is unknown, so that an unknown login
// takes as long as a wrong password.
var nobody = sync.OnceValue(func() string { return HashPassword("nobody has this password") })

// hashed runs a hashing while no more than two others do: each takes 19 MiB.
func (s *Server) hashed(ctx context.Context, do func()) error {
	select {
	case s.hashing <- struct{}{}:
		defer func() { <-s.hashing }()
		do()
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

//go:embed phrase.txt
var phraseWords string

// phraseLength words out of the list have about 47 bits.
const phraseLength = 6

// Phrase is a password that can be said aloud and typed on any Cyrillic
// keyboard: six short Kyrgyz words.
func Phrase() string {
	all := strings.Fields(phraseWords)
	words := make([]string, phraseLength)
	for i := range words {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(all))))
		if err != nil {
			panic(err) // the system's chance never fails
		}
		words[i] = all[n.Int64()]
	}
	return strings.Join(words, "-")
}
