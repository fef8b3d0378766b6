package handlers

import (
	"context"
	"fmt"

	"ashar/data"
	"ashar/data/store"
)

// FindMunicipality finds a municipality by its name in any language, letters
// that are typed for each other being equal, or by its word in addresses.
func FindMunicipality(ctx context.Context, in *store.Store, name string) (data.Municipality, error) {
	list, err := in.Municipalities(ctx)
	if err != nil {
		return data.Municipality{}, err
	}
	folded := data.FoldText(name)
	for _, m := range list {
		if m.Slug == name {
			return m, nil
		}
	}
	for _, m := range list {
		for _, l := range data.Languages {
			if said := m.Name.Exact(l); said != "" && data.FoldText(said) == folded {
				return m, nil
			}
		}
	}
	return data.Municipality{}, fmt.Errorf("municipality %q: %w", name, data.ErrMissing)
}

// FindRound finds a round of a municipality by its name, the newest where
// several have it, or by its ID.
func FindRound(ctx context.Context, in *store.Store, municipality data.ID, name string) (data.Round, error) {
	rounds, err := in.Rounds(ctx, municipality)
	if err != nil {
		return data.Round{}, err
	}
	for _, r := range rounds {
		if r.Name == name || r.ID.String() == name {
			return r, nil
		}
	}
	return data.Round{}, fmt.Errorf("round %q: %w", name, data.ErrMissing)
}
