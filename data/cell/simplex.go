package cell

import "math/big"

// tableau is a table of the simplex method: it stands at a corner of everything
// that fits the equations, where some variables, the basis, are told by the
// others, which are 0. It is in whole numbers, as every entry is kept times one
// common denominator (Edmonds 1967; Bareiss 1968), so that nothing is rounded.
type tableau struct {
	basis []int       // the variable of each row
	cols  []int       // the variable of each column
	row   []int       // by variable: its row, or -1
	a     [][]big.Int // basis[i] + sum of a[i][c]/d cols[c] = b[i]/d
	b     []big.Int
	d     big.Int // above 0
	sign  []int   // by equation: whether it was turned round
	first int     // the variable that stands for what equation 0 lacks; the others follow, and none may enter the basis

	bland bool // the last step led nowhere: the next one keeps from going in circles
	x, y  big.Int
}

// newTableau begins with variables from 0 up, each up to most[i] where that is
// not Open, and no equations yet.
func newTableau(most []int, equations int) *tableau {
	t := &tableau{first: len(most)}
	t.d.SetInt64(1)
	for i, m := range most {
		t.cols = append(t.cols, i)
		if m != Open {
			t.first++
		}
	}
	t.row = make([]int, t.first+equations)
	for i := range t.row {
		t.row[i] = -1
	}
	slack := len(most)
	for i, m := range most {
		if m == Open {
			continue
		}
		row := make([]big.Int, len(t.cols))
		row[i].SetInt64(1)
		t.basic(slack, row, big.NewInt(int64(m)))
		slack++
	}
	return t
}

// basic adds a row whose variable is in the basis.
func (t *tableau) basic(variable int, row []big.Int, b *big.Int) {
	t.row[variable] = len(t.basis)
	t.basis, t.a, t.b = append(t.basis, variable), append(t.a, row), append(t.b, *b)
}

// equation adds the next equation, the sum of factor x variable = total, and
// moves to a corner that fits it; there must be one.
func (t *tableau) equation(factors map[int]int, total int) {
	row := make([]big.Int, len(t.cols))
	for c, v := range t.cols {
		row[c].Mul(t.x.SetInt64(int64(factors[v])), &t.d)
	}
	var b big.Int
	b.Mul(t.x.SetInt64(int64(total)), &t.d)
	for v, f := range factors {
		if i := t.row[v]; i >= 0 {
			t.x.SetInt64(int64(f))
			for c := range row {
				if t.a[i][c].Sign() != 0 {
					row[c].Sub(&row[c], t.y.Mul(&t.x, &t.a[i][c]))
				}
			}
			b.Sub(&b, t.y.Mul(&t.x, &t.b[i]))
		}
	}
	sign := 1
	if b.Sign() < 0 {
		sign = -1
		b.Neg(&b)
		for c := range row {
			row[c].Neg(&row[c])
		}
	}
	lack := t.first + len(t.sign)
	t.sign = append(t.sign, sign)
	t.basic(lack, row, &b)
	for t.step(lack, false) == moved {
	}
	t.leave(lack)
}

// leave takes what an equation lacks, which is 0 now, out of the basis; an
// equation that says nothing new goes altogether.
func (t *tableau) leave(lack int) {
	i := t.row[lack]
	if i < 0 {
		return
	}
	for c, v := range t.cols {
		if v < t.first && t.a[i][c].Sign() != 0 {
			t.pivot(i, c)
			return
		}
	}
	last := len(t.basis) - 1
	t.basis, t.a, t.b = t.basis[:last], t.a[:last], t.b[:last]
	t.row[lack] = -1
}

// where a step has led.
type where int

const (
	moved   where = iota // to a corner where the variable is no smaller, or no larger
	bounded              // nowhere: this is the end
	endless              // nowhere: there is no end
)

// step goes to a neighbouring corner where a variable is larger, or smaller.
func (t *tableau) step(variable int, up bool) where {
	i := t.row[variable]
	if i < 0 {
		if up {
			return t.enter(t.column(variable), variable)
		}
		return bounded
	}
	want := 1
	if up {
		want = -1
	}
	best := -1
	for c, v := range t.cols {
		if v >= t.first || t.a[i][c].Sign() != want {
			continue
		}
		if best < 0 || t.bland && v < t.cols[best] || !t.bland && t.a[i][c].CmpAbs(&t.a[i][best]) > 0 {
			best = c
		}
	}
	if best < 0 {
		return bounded
	}
	return t.enter(best, variable)
}

func (t *tableau) column(variable int) (c int) {
	for t.cols[c] != variable {
		c++
	}
	return c
}

// enter brings the variable of a column into the basis in the place of the one
// that reaches 0 first. Of equals the one that is moved goes first, then the
// first by number (Bland 1977).
func (t *tableau) enter(c, variable int) where {
	out := -1
	for i := range t.basis {
		if t.a[i][c].Sign() <= 0 {
			continue
		}
		if out < 0 {
			out = i
			continue
		}
		t.x.Mul(&t.b[i], &t.a[out][c])
		t.y.Mul(&t.b[out], &t.a[i][c])
		if by := t.x.Cmp(&t.y); by < 0 || by == 0 && (t.basis[i] == variable || t.basis[out] != variable && t.basis[i] < t.basis[out]) {
			out = i
		}
	}
	if out < 0 {
		return endless
	}
	t.bland = t.b[out].Sign() == 0
	t.pivot(out, c)
	return moved
}

// pivot lets the variables of a row and of a column change places.
func (t *tableau) pivot(p, q int) {
	var pivot, factor big.Int
	pivot.Set(&t.a[p][q])
	for i := range t.a {
		if i == p {
			continue
		}
		factor.Set(&t.a[i][q])
		if factor.Sign() == 0 && pivot.Cmp(&t.d) == 0 {
			continue
		}
		for c := range t.a[i] {
			t.change(&t.a[i][c], &t.a[p][c], &pivot, &factor)
		}
		t.change(&t.b[i], &t.b[p], &pivot, &factor)
		t.a[i][q].Neg(&factor)
	}
	t.a[p][q].Set(&t.d)
	t.d.Set(&pivot)
	t.row[t.cols[q]], t.row[t.basis[p]] = p, -1
	t.basis[p], t.cols[q] = t.cols[q], t.basis[p]
	if t.d.Sign() < 0 {
		t.turn()
	}
}

// change makes an entry (entry x pivot - factor x beside) / d.
func (t *tableau) change(entry, beside, pivot, factor *big.Int) {
	if beside.Sign() == 0 || factor.Sign() == 0 {
		if entry.Sign() != 0 && pivot.Cmp(&t.d) != 0 {
			t.x.Mul(entry, pivot)
			entry.Quo(&t.x, &t.d)
		}
		return
	}
	t.x.Mul(entry, pivot)
	t.y.Mul(factor, beside)
	t.x.Sub(&t.x, &t.y)
	entry.Quo(&t.x, &t.d)
}

// turn writes everything over the denominator with its sign changed.
func (t *tableau) turn() {
	t.d.Neg(&t.d)
	for i := range t.a {
		t.b[i].Neg(&t.b[i])
		for c := range t.a[i] {
			t.a[i][c].Neg(&t.a[i][c])
		}
	}
}

// value of a variable at this corner.
func (t *tableau) value(variable int) *big.Rat {
	i := t.row[variable]
	if i < 0 {
		return new(big.Rat)
	}
	return new(big.Rat).SetFrac(&t.b[i], &t.d)
}

// proof tells which equations the bound of a variable follows from, where step
// has found no larger or smaller one: how many times each is taken, all times
// the same number. It is nil where the bound is that no count is below its Low.
func (t *tableau) proof(variable int) []*big.Int {
	i := t.row[variable]
	if i < 0 {
		return nil
	}
	times := make([]*big.Int, len(t.sign))
	for e := range times {
		times[e] = new(big.Int)
	}
	for c, v := range t.cols {
		if v >= t.first {
			e := v - t.first
			times[e].Mul(&t.a[i][c], big.NewInt(int64(t.sign[e])))
		}
	}
	return times
}
