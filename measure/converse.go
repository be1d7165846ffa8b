package measure

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"golang.org/x/sys/unix"

	"concbench/internal/platform"
	"concbench/measure/protocol"
	"concbench/results"
)

// A conversation is the runner's side of the protocol with one trial.
type conversation struct {
	pid  int
	in   *json.Decoder
	size *bounded // of the message that is being read
	out  *json.Encoder

	record *results.Record
}

func converseWith(p *process) *conversation {
	size := &bounded{from: p.messages}
	return &conversation{
		pid:  p.cmd.Process.Pid,
		in:   json.NewDecoder(size),
		size: size,
		out:  json.NewEncoder(p.stdin),
	}
}

// maxMessage leaves room for what the journal adds to a record.
const maxMessage = results.MaxLine / 2

// A bounded reader passes on so many bytes and then fails: a trial that writes
// without end must not take the runner's memory.
type bounded struct {
	from io.Reader
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fmt.Errorf("a message of more than %d bytes", maxMessage)
	}
	n, err := b.from.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// receive reads the next message.
func (c *conversation) receive(m *protocol.Message) error {
	c.size.left = maxMessage
	return c.in.Decode(m)
}

// greet waits for the worker to say which build it is, and refuses another
// build: its numbers would be of other code than the run says.
func (c *conversation) greet(build string) error {
	var m protocol.Message
	if err := c.receive(&m); err != nil {
		return fmt.Errorf("%w: it did not greet the runner (%w)", ErrWorker, err)
	}
	if m.Hello != build {
		return fmt.Errorf("%w: it is of another build: it is %q, the runner is %q: build both with make build", ErrWorker, m.Hello, build)
	}
	return nil
}

// hold gives the trial its orders and does as it asks, until it has handed in
// its record or hung up.
func (c *conversation) hold(spec protocol.Spec) error {
	err := c.out.Encode(spec)
	for err == nil && c.record == nil {
		var m protocol.Message
		if err = c.receive(&m); err == nil {
			err = c.answer(m)
		}
	}
	if hungUp(err) {
		return nil
	}
	return err
}

// hungUp tells that the worker ended in the middle of the conversation. How it
// ended says more than that.
func hungUp(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, unix.EPIPE)
}

func (c *conversation) answer(m protocol.Message) error {
	switch {
	case m.Memory != "":
		var reply protocol.Reply
		var err error
		if reply.Memory, err = platform.ProcessMemory(c.pid, m.Memory); err != nil {
			reply.Error = err.Error()
		}
		return c.out.Encode(reply)
	case m.Record != nil:
		switch m.Record.Status {
		case results.OK, results.Failed, results.Skipped:
			c.record = m.Record
			return nil
		}
		return fmt.Errorf("a trial cannot end as %q by its own account", m.Record.Status)
	}
	return errors.New("a message without content")
}
