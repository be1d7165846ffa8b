package workloads

// All are the workloads, in the order in which lists and reports show them.
var All = []Workload{sleep, download, spinner, factorial, switching, memory, latency}
