package results

import "time"

// Schema is the version of the types in this package as they stand on disk, and
// the one that is written. Runs of schema 1, whose files had no checksums, can
// still be read, but not resumed; a reader refuses other numbers.
const Schema = 2

// firstSchema is the oldest that can be read.
const firstSchema = 1

// A Cell is one thing to measure: a workload with its parameters under a model.
type Cell struct {
	Workload string `json:"workload"`
	Model    string `json:"model"`             // "coroutine", "threads", ...
	Options  string `json:"options,omitempty"` // of the model, such as "gil=off"
	Params   Params `json:"params,omitempty"`
}

// Params are a workload's parameters as text, in the order in which the
// workload declares them, so that a cell has one name only.
type Params []Param

// A Param is one named setting.
type Param struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Get returns the value of the named parameter, and "" if there is none.
func (ps Params) Get(name string) string {
	for _, p := range ps {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// Work is a ledger of what a workload did. It is compared with what the
// parameters alone say must have been done, and between models; a trial whose
// ledger is wrong has no number.
type Work struct {
	Created  int64  `json:"created"`          // units of work begun
	Finished int64  `json:"finished"`         // units that ran to their end
	Messages int64  `json:"messages"`         // hand-overs between units
	Bytes    int64  `json:"bytes"`            // payload moved
	Checksum string `json:"checksum"`         // of the payload or the result
	Faults   string `json:"faults,omitempty"` // in words, what was done at another time or place than it must be
}

// Status is how a trial ended.
type Status string

const (
	OK      Status = "ok"
	Refused Status = "refused" // it ended, but its ledger is wrong
	Failed  Status = "failed"  // its workload returned an error
	Crashed Status = "crashed" // its process died
	Killed  Status = "killed"  // it was still running at its deadline
	Skipped Status = "skipped" // this machine cannot run it; Error says why

	// Terminated is a trial whose process a signal from outside has ended: by the
	// kernel when memory ran out, or by somebody. It says nothing about the
	// workload, so a resumed run tries the trial again.
	Terminated Status = "terminated"
)

// Better says which way a metric is good.
type Better string

const (
	Lower   Better = "lower"
	Higher  Better = "higher"
	Neither Better = "neither" // it describes, it does not rank
)

// A Metric declares one number of a workload.
type Metric struct {
	Name   string `json:"name"`  // the benchmark-format unit: "sec/switch", "p99-lateness-sec"
	Title  string `json:"title"` // for people: "time per one-way switch"
	Better Better `json:"better"`
	Exact  bool   `json:"exact,omitempty"` // a count that must not vary
}

// Usage is what the kernel and the runtime counted while the measured part of
// a trial ran: the difference between its end and its beginning.
type Usage struct {
	Wall        float64 `json:"wall_sec"`
	UserCPU     float64 `json:"user_sec"`
	SystemCPU   float64 `json:"system_sec"`
	Voluntary   int64   `json:"voluntary_switches"` // of all threads of the process
	Involuntary int64   `json:"involuntary_switches"`
	MinorFaults int64   `json:"minor_faults"`
	MajorFaults int64   `json:"major_faults"`
	GCCycles    int64   `json:"gc_cycles"`
	AllocBytes  int64   `json:"alloc_bytes"`
	Allocs      int64   `json:"allocs"`
}

// Memory is what a process holds at one moment, read from outside it.
type Memory struct {
	Label      string `json:"label"`     // the moment: "start", "parked", "released", "end"
	RSS        int64  `json:"rss_bytes"` // resident, of the whole process
	PSS        int64  `json:"pss_bytes"` // resident, shared pages divided among their users
	Private    int64  `json:"private_bytes"`
	PeakRSS    int64  `json:"peak_rss_bytes"` // VmHWM
	PageTables int64  `json:"page_table_bytes"`
	Threads    int64  `json:"threads"`
	// The kernel keeps no count per process of the next two: they are the whole
	// machine's, and only differences between moments mean something.
	KernelStack int64 `json:"kernel_stack_bytes"`
	Slab        int64 `json:"slab_bytes"`
}

// A Record is one trial, and one line of the journal.
type Record struct {
	Schema int       `json:"schema"`
	Seq    int       `json:"seq"`   // place in the plan, from 0: the key for resuming
	Round  int       `json:"round"` // from 0
	Cell   Cell      `json:"cell"`
	SameAs string    `json:"same_as,omitempty"` // the arm that this one was in its process, if another one: a control of the method
	Scale  float64   `json:"scale"`             // of real durations; 1 is as people know them
	Seed   uint64    `json:"seed"`
	Start  time.Time `json:"start"`
	Status Status    `json:"status"`
	Error  string    `json:"error,omitempty"` // one line: what, where, what to try
	Stack  string    `json:"stack,omitempty"` // of the task that panicked, if one did

	// Attempt counts the records that this trial had before, each Terminated. They
	// stay in the journal; the last stands for the trial.
	Attempt int `json:"attempt,omitempty"`

	Work     Work `json:"work"`
	Expected Work `json:"expected"`

	Values     map[string]float64 `json:"values,omitempty"`     // by Metric.Name, one per process
	Histograms map[string]string  `json:"histograms,omitempty"` // HdrHistogram V2, base64; nanoseconds

	Usage    Usage    `json:"usage"`              // of the measured part
	Startup  Usage    `json:"startup"`            // from process start to the measured part
	Memory   []Memory `json:"memory,omitempty"`   // first "start", before the measured part, then the workload's own, last "end"
	Overhead float64  `json:"overhead_cpu_sec"`   // CPU seconds the runner took during the measured part, but for readings of memory; on Linux
	MaxProcs int      `json:"gomaxprocs"`         // when the workload's main task ended
	Affinity []int    `json:"affinity,omitempty"` // processors the trial was held to
	Took     float64  `json:"took_sec,omitempty"` // seconds in all, from before the process started until it was gone
	Machine  Noise    `json:"noise"`              // what else the machine did in all that time

	// Settings are those that were other, when the trial ended, than the run says.
	Settings map[string]string `json:"settings,omitempty"`
}

// Noise is what disturbed the machine while a trial ran. It is zero where the
// system does not tell.
type Noise struct {
	Load1     float64 `json:"load1"`                   // load average over one minute, at the start
	Steal     float64 `json:"steal_sec"`               // taken by the hypervisor
	Busy      float64 `json:"busy_sec"`                // CPU of all processes
	Own       float64 `json:"own_sec,omitempty"`       // of that, of the trial's process, the runner and the page server
	Throttled float64 `json:"throttled_sec,omitempty"` // that quotas of control groups stopped processors
}

// A Run is run.json.
type Run struct {
	Schema    int            `json:"schema"`
	Profile   string         `json:"profile"`
	Seed      uint64         `json:"seed"`
	Scale     float64        `json:"scale"`
	Start     time.Time      `json:"start"`
	Command   []string       `json:"command"`        // what was typed, for rerunning
	Version   string         `json:"version"`        // of concbench: module version or commit
	Dirty     bool           `json:"dirty"`          // built from a changed tree
	Tree      string         `json:"tree,omitempty"` // digest of the source that decides what a trial does
	Go        string         `json:"go"`
	Machine   Machine        `json:"machine"`
	ItemSec   float64        `json:"item_sec,omitempty"` // time of an item of computing, found once: all trials do the same number of items
	URLs      []string       `json:"urls,omitempty"`     // real sites that Download used instead of the page server
	Arms      []ArmInfo      `json:"arms,omitempty"`
	Workloads []WorkloadInfo `json:"workloads"`
	Plan      []Planned      `json:"plan"`

	// Budget is how many seconds all trials may take together with those of
	// rounds in reserve.
	Budget float64 `json:"budget_sec,omitempty"`
}

// Due is how many trials of the plan the records call for: all but those of
// rounds in reserve that were not begun.
func (run *Run) Due(records []Record) int {
	begun := map[int]bool{}
	for _, r := range records {
		begun[r.Round] = true
	}
	n := 0
	for _, p := range run.Plan {
		if !p.Reserve || begun[p.Round] {
			n++
		}
	}
	return n
}

// Planned is one trial of the plan.
type Planned struct {
	Seq   int     `json:"seq"`
	Round int     `json:"round"`
	Cell  Cell    `json:"cell"`
	Scale float64 `json:"scale"`
	Seed  uint64  `json:"seed"` // of the round's workload: the same for every model

	// Reserve marks a trial of a round that is measured only if too few others
	// are clean; see package noise.
	Reserve bool `json:"reserve,omitempty"`
}

// Machine is the fingerprint of where a run was made, from facts that stay, and
// how it was set when the run began.
type Machine struct {
	OS       string            `json:"os"`
	Arch     string            `json:"arch"`
	Kernel   string            `json:"kernel"`
	CPU      string            `json:"cpu"`
	CPUs     int               `json:"cpus"`  // usable by this process
	Quota    float64           `json:"quota"` // of processors, by cgroup; 0 for none
	Memory   int64             `json:"memory_bytes"`
	Governor string            `json:"governor,omitempty"`
	Virtual  string            `json:"virtual,omitempty"`  // hypervisor, if the kernel names one
	Limits   map[string]int64  `json:"limits,omitempty"`   // threads-max, pid_max, max_map_count, nofile, nproc
	Settings map[string]string `json:"settings,omitempty"` // by name, see [Settings]
}
