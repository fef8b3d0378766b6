package form

import (
	_ "embed"
	"encoding/json"

	"ashar/data"
)

//go:embed templates.json
var templates []byte

// Template is a survey that is ready in all languages, to begin with.
type Template struct {
	Key   string
	Title data.Text
	About data.Text // for whom and what for
	Form  Form
}

// Templates come with Ashar. Each call reads them anew: what is done to one does
// not touch the next.
func Templates() ([]Template, error) {
	var list []Template
	if err := json.Unmarshal(templates, &list); err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Form.prepare()
	}
	return list, nil
}
