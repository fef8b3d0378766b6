package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// What people read lives in templates/lang, where a translator finds it. In Go
// a string with a Cyrillic word is prose; in the packages whose strings reach a
// page, so is a string with the beginning of an English sentence. A single
// letter is not prose, nor is what only the log or a programmer reads.
var (
	cyrillicWord = regexp.MustCompile(`\p{Cyrillic}{2}`)
	sentence     = regexp.MustCompile(`\p{Lu}\p{Ll}+ \p{L}{2,}`)
	speaking     = []string{"data", "data/rank", "handlers", "templates", "templates/chart", "templates/report"}
	unread       = []string{"errors.new", "fmt.errorf", "panic", "slog.", "log.", "logger."}
)

func checkWords(root string) (report, error) {
	var found report
	allowed, err := readAllow(root)
	if err != nil {
		return found, err
	}
	err = eachFile(root, ".go", func(path string) error {
		if strings.HasSuffix(path, "_test.go") || within(path, "templates/lang") || within(path, ".ci") || allowed["words "+path] {
			return nil
		}
		return wordsInGo(&found, root, path)
	})
	if err != nil {
		return found, err
	}
	err = eachFile(root, ".html", func(path string) error {
		if allowed["words "+path] {
			return nil
		}
		text, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			return err
		}
		wordsInTemplate(&found, path, string(text))
		return nil
	})
	return found, err
}

// readAllow returns the "RULE PATH" pairs of .ci/allow.
func readAllow(root string) (map[string]bool, error) {
	text, err := os.ReadFile(filepath.Join(root, ".ci/allow"))
	if err != nil {
		return nil, err
	}
	allowed := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) > 2 && fields[0] != "#" {
			allowed[fields[0]+" "+fields[1]] = true
		}
	}
	return allowed, nil
}

func wordsInGo(found *report, root, path string) error {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, filepath.Join(root, path), nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	reaches := slices.Contains(speaking, filepath.ToSlash(filepath.Dir(path)))
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field: // a struct tag is no string for people
			return node.Tag == nil
		case *ast.CallExpr:
			return !isUnread(node)
		case *ast.BasicLit:
			text, err := strconv.Unquote(node.Value)
			if node.Kind != token.STRING || err != nil {
				return false
			}
			if cyrillicWord.MatchString(text) || reaches && !strings.Contains(text, "<") && sentence.MatchString(text) {
				found.trouble("%s: words for people belong in templates/lang: %s", files.Position(node.Pos()), node.Value)
			}
		}
		return true
	})
	return nil
}

// isUnread tells whether a call's strings are for the log or a programmer.
func isUnread(call *ast.CallExpr) bool {
	name := strings.ToLower(lastName(call.Fun))
	if function, ok := call.Fun.(*ast.SelectorExpr); ok {
		name = strings.ToLower(lastName(function.X)) + "." + name
	}
	return slices.ContainsFunc(unread, func(known string) bool {
		return name == known || strings.HasSuffix(known, ".") && strings.HasPrefix(name, known)
	})
}

func lastName(node ast.Expr) string {
	switch node := node.(type) {
	case *ast.Ident:
		return node.Name
	case *ast.SelectorExpr:
		return node.Sel.Name
	}
	return ""
}

// A template without its actions, comments, scripts and styles is markup and text.
var (
	silent   = regexp.MustCompile(`(?s)\{\{.*?\}\}|<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>`)
	spoken   = regexp.MustCompile(`\b(alt|aria-description|aria-label|aria-roledescription|aria-valuetext|label|placeholder|title)\s*=\s*("[^"]*"|'[^']*')`)
	markup   = regexp.MustCompile(`<[^>]*>|&#?\w+;`)
	acronym  = regexp.MustCompile(`\b[A-Z][A-Z0-9]+\b`) // CSV and XLSX are the same in every language
	anyWord  = regexp.MustCompile(`\pL[\pL\pM'’-]*`)
	anything = regexp.MustCompile(`[^\n]`)
)

func wordsInTemplate(found *report, path, text string) {
	text = blank(silent, text)
	for _, at := range spoken.FindAllStringSubmatchIndex(text, -1) {
		value := acronym.ReplaceAllString(text[at[4]+1:at[5]-1], "")
		if anyWord.MatchString(value) {
			found.trouble("%s:%d: words for people belong in templates/lang: %s", path, lineOf(text, at[0]), text[at[0]:at[1]])
		}
	}
	text = blank(acronym, blank(markup, text))
	number := 0
	for line := range strings.Lines(text) {
		number++
		if anyWord.MatchString(line) {
			found.trouble("%s:%d: words for people belong in templates/lang: %s", path, number, strings.Join(strings.Fields(line), " "))
		}
	}
}

// blank puts spaces where the pattern matches, so that lines and places stay.
func blank(pattern *regexp.Regexp, text string) string {
	return pattern.ReplaceAllStringFunc(text, func(match string) string {
		return anything.ReplaceAllString(match, " ")
	})
}

func lineOf(text string, offset int) int {
	return 1 + strings.Count(text[:offset], "\n")
}
