package measure

// williams returns the rows of a Williams design for n arms: orders of 0 to n-1
// in which every arm stands in every place equally often, and directly after
// every other arm equally often. There are n rows if n is even and 2n if not.
// Each n rows are a Latin square, with every arm in every place once; with an
// odd n it takes both squares to balance what follows what.
//
// E. J. Williams, Experimental designs balanced for the estimation of residual
// effects of treatments, Australian Journal of Scientific Research A 2 (1949).
func williams(n int) [][]int {
	var rows [][]int
	for shift := range n {
		row := make([]int, n)
		for place := range row {
			row[place] = (zigzag(place, n) + shift) % n
		}
		rows = append(rows, row)
	}
	if n%2 == 1 && n > 1 {
		for _, row := range rows[:n] {
			rows = append(rows, reversed(row))
		}
	}
	return rows
}

// zigzag is the first row: 0, 1, n-1, 2, n-2, ...
func zigzag(place, n int) int {
	if place%2 == 1 {
		return (place + 1) / 2
	}
	return (n - place/2) % n
}

func reversed(row []int) []int {
	back := make([]int, len(row))
	for i, v := range row {
		back[len(row)-1-i] = v
	}
	return back
}
