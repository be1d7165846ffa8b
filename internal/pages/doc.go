// Package pages is a set of web pages whose contents, sizes and delays follow
// from a seed, and a server for them.
//
// The two sides never exchange what they should agree on: a client that knows
// the [Set] derives each page's bytes for itself and compares. The delay of a
// page is a sleep in the server, so that it costs neither side any processor,
// and the delays of a set add up to exactly the number of pages times the mean
// that was asked for, whatever the seed: downloading one after another then
// takes a known time.
//
// A request names its set, so one server serves all sets:
//
//	GET /page/{i}?seed=1&n=7&mean=475ms&scale=1
//
// Everything in a request has bounds, and a request outside them gets a 400
// and a sentence. The server has limits on connections, headers and times, but
// it is meant for the machine it runs on and the one beside it, not for the
// open internet.
package pages
