// Package streams is asyncio's streams: connections and servers as a pair of a
// reader and a writer for each connection, on the loop of package coroutine.
//
// # How it works
//
// A [StreamReader] has a buffer. A read that finds enough in it does not wait;
// otherwise its task reads from the connection, as much as there is, and looks
// again. A [StreamWriter] sends at once what the kernel takes and keeps the rest,
// which the loop sends when there is room; [StreamWriter.Drain] waits while too
// much is kept. A [Server] accepts in a callback of the loop and gives each
// connection a task. TLS is crypto/tls between the reader and the connection:
// what it writes goes the writer's way and so never waits, and only the one
// reading task waits inside it.
//
// # Where it differs from asyncio
//
//   - The reading task reads, and not the loop in its place. So nothing is read
//     that nobody asks for, the kernel's buffers and not twice the limit hold the
//     other side up, and the end of the connection shows at the next read or write.
//     [ReadAhead] makes a reader as asyncio's are.
//   - At the end of the stream reads return [io.EOF], and no empty bytes.
//   - A write to what is closed is an error, and not dropped with a warning.
//   - [StreamReader.ReadAll] keeps what it has when it is cancelled.
//
// # What it will not do
//
// Like everything of a loop, readers and writers are for the tasks and callbacks
// of that loop alone. A handler that returns without closing its writer leaves
// the connection open, since it may have given the writer away.
package streams
