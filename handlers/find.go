package handlers

import (
	"context"
	"fmt"
	"slices"

	"ashar/data"
	"ashar/data/store"
)

// FindMunicipality finds a municipality by its name in any language, letters
// that are typed for each other being equal, or by its word in addresses.
func FindMunicipality(ctx context.Context, in *store.Store, name string) (data.Municipality, error) {
	all, err := in.Municipalities(ctx)
	if err != nil {
		return data.Municipality{}, err
	}
	switch found := municipalitiesNamed(all, name); len(found) {
	case 0:
		return data.Municipality{}, fmt.Errorf("municipality %q: %w", name, data.ErrMissing)
	case 1:
		return found[0], nil
	default:
		return data.Municipality{}, fmt.Errorf("%d municipalities are called %q, give the word of one in its addresses: %w", len(found), name, data.ErrConflict)
	}
}

// FindRound finds a round of a municipality by its name, the newest where
// several have it, or by its ID.
func FindRound(ctx context.Context, in *store.Store, municipality data.ID, name string) (data.Round, error) {
	rounds, err := in.Rounds(ctx, municipality)
	if err != nil {
		return data.Round{}, err
	}
	found := roundsNamed(rounds, name)
	if len(found) == 0 {
		return data.Round{}, fmt.Errorf("round %q: %w", name, data.ErrMissing)
	}
	return found[0], nil
}

// municipalitiesNamed are those that a name can mean: the one whose word in
// addresses it is, or all of that name.
func municipalitiesNamed(all []data.Municipality, name string) (found []data.Municipality) {
	name = data.Clean(name)
	for _, m := range all {
		if m.Slug == name {
			return []data.Municipality{m}
		}
		if sameText(m.Name, name) {
			found = append(found, m)
		}
	}
	return found
}

// roundsNamed are those that a name can mean: the one whose ID it is, or all of
// that name, those in the archive only where no other has it.
func roundsNamed(all []data.Round, name string) (found []data.Round) {
	name = data.Clean(name)
	for _, r := range all {
		if r.ID.String() == name {
			return []data.Round{r}
		}
		if sameText(data.Text{KY: r.Name}, name) {
			found = append(found, r)
		}
	}
	if inUse := slices.DeleteFunc(slices.Clone(found), func(r data.Round) bool { return r.Archived }); len(inUse) > 0 {
		return inUse
	}
	return found
}

// sameText tells whether a name is one of a text's, letters folded. A name that
// is all signs has nothing to fold.
func sameText(t data.Text, name string) bool {
	folded := data.FoldText(name)
	for _, lang := range data.Languages {
		if s := t.Exact(lang); s != "" && (s == name || folded != "" && data.FoldText(s) == folded) {
			return true
		}
	}
	return false
}
