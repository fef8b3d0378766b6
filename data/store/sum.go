package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ErrSum: a file is not the one whose SHA-256 was written down.
var ErrSum = errors.New("its SHA-256 is another: something in it was changed")

// SumOf is the file beside a backup that holds its SHA-256, as sha256sum writes
// and checks it.
func SumOf(file string) string { return file + ".sha256" }

func fileSum(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// writeSum writes the SHA-256 of a file beside it.
func writeSum(file string) error {
	sum, err := fileSum(file)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(SumOf(file), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "%s  %s\n", sum, filepath.Base(file))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		err = errors.Join(err, os.Remove(SumOf(file)))
	}
	return err
}

// CheckSum compares a file with the SHA-256 beside it; false where none is
// there. One that cannot be read is no better than a wrong one.
func CheckSum(file string) (summed bool, err error) {
	line, err := os.ReadFile(SumOf(file))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	sum, err := fileSum(file)
	if err != nil {
		return false, err
	}
	if said, _, _ := strings.Cut(string(line), " "); !strings.EqualFold(said, sum) {
		return false, fmt.Errorf("%s: %w", file, ErrSum)
	}
	return true, nil
}
