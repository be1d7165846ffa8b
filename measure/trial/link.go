package trial

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"concbench/measure/protocol"
)

// A link is the line to the runner. Its files are blocking ones, so that a
// caller who waits for a reply blocks its thread, under every model.
type link struct {
	mu  sync.Mutex // one message, or question with its reply, at a time
	in  *json.Decoder
	out *json.Encoder
}

func newLink(in io.Reader, out io.Writer) *link {
	return &link{in: json.NewDecoder(in), out: json.NewEncoder(out)}
}

func (l *link) send(m protocol.Message) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.write(m)
}

func (l *link) write(m protocol.Message) error {
	if err := l.out.Encode(m); err != nil {
		return fmt.Errorf("tell the runner: %w", err)
	}
	return nil
}

func (l *link) receive(v any) error {
	if err := l.in.Decode(v); err != nil {
		return fmt.Errorf("listen to the runner: %w", err)
	}
	return nil
}

// ask sends a message and waits for the reply to it.
func (l *link) ask(m protocol.Message) (protocol.Reply, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var reply protocol.Reply
	if err := l.write(m); err != nil {
		return reply, err
	}
	if err := l.receive(&reply); err != nil {
		return reply, err
	}
	if reply.Error != "" {
		return reply, errors.New(reply.Error)
	}
	return reply, nil
}
