package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
)

// The limits of size: over the first a function is named, over the second it fails.
const (
	longFunction = 45
	mostFunction = 60
	longFile     = 300
)

func checkSizes(root string) (report, error) {
	var found report
	err := eachFile(root, ".go", func(path string) error {
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, filepath.Join(root, path), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if lines := files.File(file.Pos()).LineCount(); lines > longFile && !strings.HasSuffix(path, "_test.go") {
			found.note("%s has %d lines", path, lines)
		}
		for _, declared := range file.Decls {
			function, ok := declared.(*ast.FuncDecl)
			if !ok {
				continue
			}
			from, to := files.Position(function.Pos()).Line, files.Position(function.End()).Line
			switch lines := to - from + 1; {
			case lines > mostFunction:
				found.trouble("%s:%d: %s has %d lines, the limit is %d", path, from, function.Name.Name, lines, mostFunction)
			case lines > longFunction:
				found.note("%s:%d: %s has %d lines", path, from, function.Name.Name, lines)
			}
		}
		return nil
	})
	return found, err
}

// eachFile calls do with the path, slashed and relative to root, of every file
// with the ending that is not hidden; the folder of these checks is included.
func eachFile(root, ending string, do func(path string) error) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && name != ".ci" && (strings.HasPrefix(name, ".") || name == "node_modules") {
			return fs.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ending) {
			return nil
		}
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		return do(filepath.ToSlash(relative))
	})
}
