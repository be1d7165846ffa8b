package results

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
)

// A seal is how a JSON object on disk ends: with a field that holds the
// CRC-32C of every byte before that field. The object stays plain JSON, and no
// flipped bit goes unnoticed, wherever it is: the sum finds any burst of up to 32
// bits in what it covers, and the field must stand there letter by letter.
//
// A cryptographic hash would be longer and promise more than a file can keep
// that lies beside its own sum: this is against damage, not against forgers.
type seal struct {
	before, after string // of the eight hexadecimal digits
	end           string // of the object without the field
}

var (
	lineSeal = seal{before: `,"crc32c":"`, after: `"}`, end: `}`}
	fileSeal = seal{before: ",\n  \"crc32c\": \"", after: "\"\n}\n", end: "\n}"}
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(text []byte) string { return fmt.Sprintf("%08x", crc32.Checksum(text, castagnoli)) }

// put adds the sum to an object that ends as the seal says.
func (s seal) put(object []byte) []byte {
	body, ok := bytes.CutSuffix(object, []byte(s.end))
	if !ok {
		panic(fmt.Sprintf("results: an object that does not end with %q", s.end))
	}
	return append(body[:len(body):len(body)], s.before+checksum(body)+s.after...)
}

var (
	errNoSum    = errors.New("its checksum is not where it was written")
	errWrongSum = errors.New("its checksum is not that of its text")
)

// take checks the sum and returns the object without it. The sum names the text.
func (s seal) take(sealed []byte) (object []byte, sum string, err error) {
	digits := len(sealed) - len(s.after) - 2*crc32.Size
	if digits < len(s.before) || !bytes.HasSuffix(sealed, []byte(s.after)) {
		return nil, "", errNoSum
	}
	body, ok := bytes.CutSuffix(sealed[:digits], []byte(s.before))
	if !ok {
		return nil, "", errNoSum
	}
	sum = string(sealed[digits : digits+2*crc32.Size])
	if sum != checksum(body) {
		return nil, "", errWrongSum
	}
	return append(body[:len(body):len(body)], s.end...), sum, nil
}
