package results

// An ArmInfo is what a reader of a run must know of an arm. Arms stand in a run in
// the order in which they are shown.
type ArmInfo struct {
	Model   string `json:"model"`
	Options string `json:"options,omitempty"`
	Title   string `json:"title"` // for people: "threads without the lock"
	Doc     string `json:"doc"`   // one sentence
	Role    Role   `json:"role"`
	Color   string `json:"color"`  // "#rrggbb", the same in every chart
	Marker  string `json:"marker"` // shape, so that the arm is known in grey: "circle", "square", ...
}

// A Role is what kind of model an arm is. Claims and charts ask for roles, so that
// they know no model by its name.
type Role string

// The roles.
const (
	Serial        Role = "serial"         // one task after another: the baseline
	Coroutines    Role = "coroutines"     // tasks take turns on one thread
	LockedThreads Role = "locked-threads" // a thread per task, one of them at a time
	FreeThreads   Role = "free-threads"   // a thread per task
	Native        Role = "native"         // tasks on threads of the runtime's choice
)

// WorkloadInfo is what a reader of a run must know of a workload, kept with the
// run so that any concbench can show it.
type WorkloadInfo struct {
	Name    string      `json:"name"`
	Doc     string      `json:"doc"`
	Metrics []Metric    `json:"metrics"`
	Charts  []Chart     `json:"charts,omitempty"` // in the order of the page; the first one's metric is the one by which arms are compared
	Claims  []ClaimTest `json:"claims,omitempty"`
	Cases   []CaseFacts `json:"cases,omitempty"`
}

// CaseFacts are numbers that follow from the parameters of a case alone: closed-form
// expectations, and lines that a reader knows. Charts and claims name them.
type CaseFacts struct {
	Params Params             `json:"params,omitempty"`
	Scale  float64            `json:"scale"`
	Facts  map[string]float64 `json:"facts"` // in base units
}

// ChartKind is how the cells of a workload become rows or curves.
type ChartKind string

// The kinds of charts.
const (
	Dots     ChartKind = "dots"     // one row per cell
	Speedup  ChartKind = "speedup"  // one row per cell: how many times faster than the serial arm, by round
	Scaling  ChartKind = "scaling"  // one curve per arm over a numeric parameter
	Slopes   ChartKind = "slopes"   // one row per arm and part: growth of metrics for one more of a numeric parameter
	Spectrum ChartKind = "spectrum" // one curve per cell over the percentiles of a histogram
)

// A Chart is a question that a picture answers.
type Chart struct {
	Kind     ChartKind `json:"kind"`
	Name     string    `json:"name"`   // of its files, behind that of the workload: "gap"
	Metric   string    `json:"metric"` // or the name of the histogram of a Spectrum
	Title    string    `json:"title"`
	Question string    `json:"question"`
	Reading  string    `json:"reading"` // how to read it, behind what all charts of the kind say
	Limits   string    `json:"limits"`  // what it does not show
	Log      bool      `json:"log,omitempty"`
	Where    Params    `json:"where,omitempty"` // only cells that have these parameters
	Over     string    `json:"over,omitempty"`  // the numeric parameter of Scaling and Slopes
	Parts    []Part    `json:"parts,omitempty"` // of Slopes: metrics that add up to Metric
	Refs     []Ref     `json:"refs,omitempty"`  // lines that a reader knows

	// Standing is the measure's name at the top of the page, where it is told who
	// won; empty for a measure that is not told there.
	Standing string `json:"standing,omitempty"`
	// Overview is the heading of the chart's panel in the overview; empty for none.
	Overview string `json:"overview,omitempty"`
}

// A Part is a metric that is a part of another.
type Part struct {
	Metric string `json:"metric"`
	Label  string `json:"label"`
}

// A Ref is a line at a fact of the case.
type Ref struct {
	Fact  string `json:"fact"`
	Label string `json:"label"`
}

// A Relation is where a claim wants a value or a ratio.
type Relation string

// The relations.
const (
	Above  Relation = "above"
	AtMost Relation = "at most"
	Near   Relation = "near" // within the practical margin
)

// A ClaimTest is the rule by which a workload answers a claim that people read. It
// is written before anything is measured.
//
// Without Against it is about the metric's value under each arm whose role is
// in Of. With Against it is about how many times less than the arm of that role each arm
// of Of needs. Arms of other roles are shown beside, and decide nothing.
type ClaimTest struct {
	Claim   string   `json:"claim"` // "C4"
	Text    string   `json:"text"`  // the claim in a sentence
	Rule    string   `json:"rule"`  // in words: "holds if ..."
	Metric  string   `json:"metric"`
	Per     string   `json:"per,omitempty"`   // divided by this metric of the same trial
	Slope   string   `json:"slope,omitempty"` // growth of the metric for one more of this numeric parameter
	Where   Params   `json:"where,omitempty"`
	Of      []Role   `json:"of"`
	Against Role     `json:"against,omitempty"`
	Is      Relation `json:"is"`
	Bound   float64  `json:"bound"`
	Fact    string   `json:"fact,omitempty"` // of the case, by which Bound is multiplied
	Says    string   `json:"says"`           // what the value is, for a sentence: "kernel switches per task switch"
}
