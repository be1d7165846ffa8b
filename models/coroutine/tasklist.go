package coroutine

// A taskList is the loop's unfinished tasks. It keeps them alive: a coroutine
// that nobody refers to would never be collected, so it must be possible to
// find it and stop it.
type taskList struct {
	first, last *Task
	size        int
}

func (l *taskList) add(t *Task) {
	t.prev = l.last
	if l.last == nil {
		l.first = t
	} else {
		l.last.next = t
	}
	l.last = t
	l.size++
}

func (l *taskList) remove(t *Task) {
	if t.prev == nil {
		l.first = t.next
	} else {
		t.prev.next = t.next
	}
	if t.next == nil {
		l.last = t.prev
	} else {
		t.next.prev = t.prev
	}
	t.prev, t.next = nil, nil
	l.size--
}
