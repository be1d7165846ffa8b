package reports

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// longestName bounds the name of a chart's files, without its ending. It leaves
// room for what a writer adds while the file is not whole; most file systems end
// a name at 255 bytes.
const longestName = 80

// fileNames gives out names of files, each once. They are made from the names of
// workloads and metrics, which come from a journal: whatever stands there, a name
// of a file is a short word of letters, digits and hyphens.
type fileNames map[string]bool

// takenNames are the names of charts with words of their own.
func takenNames() fileNames {
	names := fileNames{overviewFile: true}
	for _, def := range charted {
		names[def.file] = true
	}
	return names
}

// of returns a name for what text names. A name that is cut, empty or given out
// already gets a part of the text's hash, so that it is the same in every report.
func (n fileNames) of(text string) string {
	name := word(text)
	if len(name) > longestName {
		name = name[:longestName]
	}
	for i := 0; name == "" || n[name] || len(name) == longestName; i++ {
		sum := sha256.Sum256(fmt.Append(nil, text, i))
		name = strings.Trim(fmt.Sprintf("%s-%x", name[:min(len(name), longestName/2)], sum[:4]), "-")
	}
	n[name] = true
	return name
}

// word keeps of a text what is safe in the name of a file anywhere.
func word(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "-")
}
