package workloads

// All are the workloads, in the order in which lists and reports show them.
var All = []Workload{sleep, factorial, switching, memory, latency}
