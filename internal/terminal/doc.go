// Package terminal keeps text from outside from steering a terminal.
//
// An HTTP status line, a folder's name, a field of a journal or the last words
// of a process may hold escape sequences. They can move the cursor, colour what
// follows, set the window's title or, on some terminals, type a command. So all
// that the command prints goes through a [Writer], which shows such characters
// as \x1b and the like, wherever the output goes: what is in a file today is on a
// terminal tomorrow.
//
// A Writer cannot know which line end is the program's own. Text from outside that
// must stay in one line goes through [Line], and a command that people are to
// paste through [Shell].
package terminal
