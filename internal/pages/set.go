package pages

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strconv"
	"time"
)

// The sizes of pages in bytes.
const (
	MinSize = 4 << 10
	MaxSize = 256 << 10
)

// The bounds of a Set.
const (
	MaxPages = 10_000
	MaxMean  = time.Minute
	MaxScale = 100
	MaxDelay = 5 * time.Minute // of a page, after scaling
)

// A Set is a number of pages, numbered from 0.
type Set struct {
	Seed  uint64
	N     int           // pages
	Mean  time.Duration // of the delays, before scaling
	Scale float64       // of the delays
}

// Check says what is wrong with the set, if anything.
func (s Set) Check() error {
	switch {
	case s.N < 1 || s.N > MaxPages:
		return fmt.Errorf("n=%d: want from 1 to %d pages", s.N, MaxPages)
	case s.Mean < 0 || s.Mean > MaxMean:
		return fmt.Errorf("mean=%v: want a mean delay from 0s to %v", s.Mean, MaxMean)
	case !(s.Scale > 0 && s.Scale <= MaxScale):
		return fmt.Errorf("scale=%v: want a factor above 0, up to %d", s.Scale, MaxScale)
	case float64(s.Mean)*s.Scale*spread > float64(MaxDelay):
		return fmt.Errorf("mean=%v times scale=%v: want delays of at most %v", s.Mean, s.Scale, MaxDelay)
	}
	return nil
}

// spread bounds the longest delay by the mean: weights lie in [0.4, 1.6).
const spread = 1.6 / 0.4

// Delays are how long the server waits before it sends each page, after
// scaling. Their sum is the number of pages times the mean, to the nanosecond,
// before scaling.
func (s Set) Delays() []time.Duration {
	weights := make([]float64, s.N)
	sum := 0.0
	r := rand.New(rand.NewPCG(s.Seed, delays))
	for i := range weights {
		weights[i] = 0.4 + 1.2*r.Float64()
		sum += weights[i]
	}
	delays := make([]time.Duration, s.N)
	rest := time.Duration(s.N) * s.Mean
	for i, w := range weights {
		delays[i] = time.Duration(float64(s.N) * float64(s.Mean) * w / sum)
		rest -= delays[i]
	}
	// Rounding down leaves a few nanoseconds, at most one for each page.
	for i := 0; rest != 0; i = (i + 1) % s.N {
		unit := time.Duration(1)
		if rest < 0 {
			unit = -1
		}
		delays[i], rest = delays[i]+unit, rest-unit
	}
	for i := range delays {
		delays[i] = max(0, time.Duration(float64(delays[i])*s.Scale))
	}
	return delays
}

// The streams that are drawn from one seed.
const (
	delays = 1 + iota
	sizes
)

// Size is the length of page i in bytes.
func (s Set) Size(i int) int {
	r := rand.New(rand.NewPCG(s.Seed, sizes+uint64(i)<<8))
	return MinSize + r.IntN(MaxSize-MinSize+1)
}

// Body is the content of page i.
func (s Set) Body(i int) []byte {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[0:], s.Seed)
	binary.LittleEndian.PutUint64(key[8:], uint64(i))
	body := make([]byte, s.Size(i))
	rand.NewChaCha8(key).Read(body)
	return body
}

// Sum is the SHA-256 of page i.
func (s Set) Sum(i int) [sha256.Size]byte { return sha256.Sum256(s.Body(i)) }

// Path is what a request for page i asks for.
func (s Set) Path(i int) string {
	q := url.Values{
		"seed":  {strconv.FormatUint(s.Seed, 10)},
		"n":     {strconv.Itoa(s.N)},
		"mean":  {s.Mean.String()},
		"scale": {strconv.FormatFloat(s.Scale, 'g', -1, 64)},
	}
	return "/page/" + strconv.Itoa(i) + "?" + q.Encode()
}

// ParseSet is the set that a request's query names. What the query leaves out
// is that of Default. It refuses unknown and repeated keys.
func ParseSet(query url.Values) (Set, error) {
	s := Default
	for key, values := range query {
		if len(values) != 1 {
			return Set{}, fmt.Errorf("%s is given %d times: want it once", key, len(values))
		}
		if err := s.parse(key, values[0]); err != nil {
			return Set{}, err
		}
	}
	return s, s.Check()
}

// Default are the seven pages that take 3.3 s one after another.
var Default = Set{Seed: 1, N: 7, Mean: 475 * time.Millisecond, Scale: 1}

func (s *Set) parse(key, value string) error {
	var err error
	var want string
	switch key {
	case "seed":
		want = "a whole number from 0"
		s.Seed, err = strconv.ParseUint(value, 10, 64)
	case "n":
		want = "a whole number"
		s.N, err = strconv.Atoi(value)
	case "mean":
		want = "a duration such as 475ms"
		s.Mean, err = time.ParseDuration(value)
	case "scale":
		want = "a number such as 0.1"
		s.Scale, err = strconv.ParseFloat(value, 64)
	default:
		return fmt.Errorf("%q is not a setting of a page: want seed, n, mean and scale", key)
	}
	if err != nil {
		return fmt.Errorf("%s=%q: want %s", key, value, want)
	}
	return nil
}
