package handlers

import (
	"strconv"

	"ashar/data"
)

// cell is a field of the page: what stands on the sheet, or what was typed over
// it.
func (p *paper) cell(name, stands, label string) paperCell {
	if p.blank {
		stands = ""
	}
	cell := paperCell{Name: name, Was: stands, Value: stands, Label: label}
	if p.typed != nil {
		cell.Value, cell.Was = p.typed.Get(name), p.typed.Get("was."+name)
	}
	_, cell.Bad = p.bad[name]
	return cell
}

// figure is a count on paper, where nothing is written for none.
func figure(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (p *paper) group(g data.Group) paperGroup {
	key, name := groupKey(g), p.t.groupName(p.l, g)
	return paperGroup{Key: key, Name: name, Class: groupClass(p.t.Round.Scheme, g),
		Present: p.cell("here."+key, figure(p.t.Sheet.Present(g)), p.l.T("paper.present")+" · "+name)}
}

func (p *paper) tally(groups []data.Group, problems []listLine) (lines []paperLine) {
	for _, problem := range problems {
		line := paperLine{Number: problem.Number, Title: problem.Title}
		for _, g := range groups {
			line.Cells = append(line.Cells, p.cell("tally."+problem.ID.String()+"."+groupKey(g), figure(p.t.Sheet.Votes(g, problem.ID).N),
				p.t.title(p.l, problem.ID)+" · "+p.t.groupName(p.l, g)))
		}
		lines = append(lines, line)
	}
	return lines
}

func (p *paper) persons(problems []listLine, rows int) (lines []paperLine) {
	only := ""
	if here := p.t.present(); len(here) == 1 {
		only = groupKey(here[0])
	}
	for row := 1; row <= rows; row++ {
		number := strconv.Itoa(row)
		line := paperLine{Number: row, Group: p.cell("row."+number+".group", "", p.l.T("paper.row", "n", row)+" · "+p.l.T("group.title"))}
		if p.typed == nil || !p.typed.Has(line.Group.Name) {
			line.Group.Value = only
		}
		for _, problem := range problems {
			line.Cells = append(line.Cells, p.cell("row."+number+"."+problem.ID.String(), "", p.l.T("paper.row", "n", row)+" · "+p.t.title(p.l, problem.ID)))
		}
		lines = append(lines, line)
	}
	return lines
}

func (p *paper) pairs(problems []listLine) (pairs []paperPair) {
	for i, a := range problems {
		for _, b := range problems[i+1:] {
			tail, stands, titles := a.ID.String()+"."+b.ID.String(), "", p.t.title(p.l, a.ID)+" · "+p.t.title(p.l, b.ID)
			n, reason, known := p.t.answer(a.ID, b.ID)
			if known {
				stands = strconv.Itoa(n)
			}
			pairs = append(pairs, paperPair{A: a, B: b, Answer: p.cell("pair."+tail, stands, titles),
				Reason: p.cell("why."+tail, reason, titles+" · "+p.l.T("pair.why"))})
		}
	}
	return pairs
}

func (p *paper) order(problems []listLine) (lines []paperLine) {
	at := map[data.ID]int{}
	if p.t.Sheet.Order != nil {
		for _, choice := range p.t.Sheet.Order.Ballot {
			at[choice.Problem] = choice.Place
		}
	}
	for _, problem := range problems {
		lines = append(lines, paperLine{Number: problem.Number, Title: problem.Title,
			Cells: []paperCell{p.cell("place."+problem.ID.String(), figure(at[problem.ID]), p.t.title(p.l, problem.ID))}})
	}
	return lines
}
