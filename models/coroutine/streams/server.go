package streams

import (
	"container/list"
	"context"
	"errors"
	"net"
	"syscall"
	"time"

	"concbench/models"
	"concbench/models/coroutine"
)

const (
	// acceptsAtOnce is asyncio's backlog: how many connections are accepted
	// before other callbacks have their turn.
	acceptsAtOnce = 100
	// acceptRetryDelay is how long a server waits for descriptors to become free.
	acceptRetryDelay = time.Second
)

// A Handler serves one connection, in a task of its own. It closes the writer;
// if it returns an error, which goes to the loop's exception handler, the server
// does.
type Handler func(t *coroutine.Task, r *StreamReader, w *StreamWriter) error

// A Server accepts connections and has a handler serve them.
type Server struct {
	loop      *coroutine.Loop
	context   context.Context // of the task that started it
	handler   Handler
	options   options
	listeners []*coroutine.Listener
	serving   bool
	closed    bool
	clients   list.List // of *connection, that have not ended, oldest first
	ended     *coroutine.Event
	forever   *coroutine.Future[coroutine.None] // nil if nobody is in ServeForever
}

// StartServer listens on address on "tcp" or "unix" and serves from now on. A
// host name stands for all of its addresses; an empty one for this machine's.
func StartServer(t *coroutine.Task, network, address string, handler Handler, opts ...Option) (*Server, error) {
	o, err := settings("StartServer", opts)
	if err != nil {
		return nil, err
	}
	if err := runs(t, "StartServer"); err != nil {
		return nil, err
	}
	if handler == nil {
		return nil, misuse("StartServer", ErrNoHandler)
	}
	listeners, err := t.ListenAll(network, address)
	if err != nil {
		return nil, err
	}
	s := &Server{
		loop: t.Loop(), context: t.Context(), handler: handler, options: o,
		listeners: listeners, ended: coroutine.NewEvent(),
	}
	if o.idle {
		return s, nil
	}
	return s, s.StartServing()
}

// StartServing begins to accept connections, if that was left out. On a closed
// server it returns [ErrServerClosed].
func (s *Server) StartServing() error {
	if s.closed {
		return misuse("StartServing", ErrServerClosed)
	}
	if s.serving {
		return nil
	}
	s.serving = true
	for _, l := range s.listeners {
		s.watch(l)
	}
	return nil
}

// watch accepts what is there and what comes.
func (s *Server) watch(l *coroutine.Listener) {
	accept := func() { s.accept(l) }
	l.OnReadable(accept)
	s.loop.CallSoon(accept)
}

// accept is called when there may be connections.
func (s *Server) accept(l *coroutine.Listener) {
	for range acceptsAtOnce {
		if !s.serving {
			return
		}
		c, err := l.TryAccept()
		switch {
		case err == nil:
			s.serve(c)
		case err == coroutine.ErrWouldBlock:
			return
		case exhausted(err):
			s.report("socket.accept() out of system resource", err)
			s.pause(l)
			return
		default:
			s.report("Accepting a connection failed", err)
			return
		}
	}
	s.loop.CallSoon(func() { s.accept(l) })
}

func exhausted(err error) bool {
	for _, errno := range []syscall.Errno{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM} {
		if errors.Is(err, errno) {
			return true
		}
	}
	return false
}

// pause keeps the loop from trying without end what cannot succeed.
func (s *Server) pause(l *coroutine.Listener) {
	l.OnReadable(nil)
	s.loop.CallLater(acceptRetryDelay, func() {
		if s.serving {
			s.watch(l)
		}
	})
}

func (s *Server) report(message string, err error) {
	s.loop.CallExceptionHandler(coroutine.ErrorReport{Message: message, Err: err})
}

// serve gives a connection its task.
func (s *Server) serve(conn *coroutine.Conn) {
	r, w := newConnection(conn, s, s.options.limit)
	w.c.place = s.clients.PushBack(w.c)
	task := coroutine.CreateTask(s.loop, func(t *coroutine.Task) (coroutine.None, error) {
		t.SetContext(s.context)
		if s.options.tls != nil {
			if err := w.c.handshake(s.options.tls, s.options.handshakeTimeout); err != nil {
				if s.loop.Debug() {
					s.report("Error on transport creation for incoming connection", err)
				}
				return coroutine.None{}, nil
			}
		}
		return coroutine.None{}, s.handler(t, r, w)
	})
	task.AddDoneCallback(func() {
		err := task.Err()
		if err == nil {
			return
		}
		if !errors.Is(err, models.ErrCancelled) {
			s.report("Unhandled exception in client_connected_cb", err)
		}
		w.Close()
	})
}

// detach is the end of a connection.
func (s *Server) detach(c *connection) {
	s.clients.Remove(c.place)
	if s.closed && s.clients.Len() == 0 {
		s.ended.Set()
	}
}

// Close stops listening. Connections live on. It may be called again.
func (s *Server) Close() error {
	if s.closed {
		return nil
	}
	s.closed, s.serving = true, false
	var errs []error
	for _, l := range s.listeners {
		errs = append(errs, l.Close())
	}
	s.listeners = nil
	if s.forever != nil {
		s.forever.Cancel()
	}
	if s.clients.Len() == 0 {
		s.ended.Set()
	}
	return errors.Join(errs...)
}

// CloseClients is [StreamWriter.Close] of all connections that have not ended. It
// is Python 3.13's, and may be called before and after Close.
func (s *Server) CloseClients() { s.eachClient((*connection).close) }

// AbortClients is [StreamWriter.Abort] of all connections that have not ended, as
// in Python 3.13.
func (s *Server) AbortClients() { s.eachClient(func(c *connection) { c.lose(nil) }) }

// eachClient may be given what makes a connection end: that is queued.
func (s *Server) eachClient(do func(*connection)) {
	for e := s.clients.Front(); e != nil; e = e.Next() {
		do(e.Value.(*connection))
	}
}

// WaitClosed waits until the server is closed and its connections have ended. As
// in CPython 3.11, it returns at once on a server that is closed already.
func (s *Server) WaitClosed(t *coroutine.Task) error {
	if s.closed {
		return nil
	}
	if t == nil {
		return misuse("WaitClosed", coroutine.ErrNotCurrent)
	}
	return s.ended.Wait(t)
}

// ServeForever serves until it is cancelled, when it closes the server, or until
// that is closed; the error is [coroutine.ErrCancelled] then. Only one task can
// be in it.
func (s *Server) ServeForever(t *coroutine.Task) error {
	if err := runs(t, "ServeForever"); err != nil {
		return err
	}
	if s.forever != nil {
		return misuse("ServeForever", ErrServesForever)
	}
	if s.closed {
		return misuse("ServeForever", ErrServerClosed)
	}
	if err := s.StartServing(); err != nil {
		return err
	}
	s.forever = coroutine.NewFuture[coroutine.None](s.loop)
	_, err := s.forever.Await(t)
	s.forever = nil
	return errors.Join(err, s.Close())
}

// IsServing reports whether connections are accepted.
func (s *Server) IsServing() bool { return s.serving }

// Addrs are the addresses that are listened on; none once the server is closed.
func (s *Server) Addrs() []net.Addr {
	var all []net.Addr
	for _, l := range s.listeners {
		all = append(all, l.Addr())
	}
	return all
}

// Loop is the loop that serves.
func (s *Server) Loop() *coroutine.Loop { return s.loop }
