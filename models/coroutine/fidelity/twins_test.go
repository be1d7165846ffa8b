package fidelity

// A twin is a script of testdata by hand in Go. An error that it returns fails the
// test, as one that leaves a script does.
type twin func(out *output) error

// twins has one for each script, by its name. The function has that name too.
var twins = map[string]twin{
	"barrier_01_phases":   barrier01Phases,
	"condition_01_notify": condition01Notify,
	"event_01_waiter":     event01Waiter,
	"lock_01_mutex":       lock01Mutex,
	"semaphore_01_limit":  semaphore01Limit,

	"generator_01_average":         generator01Average,
	"generator_02_throw":           generator02Throw,
	"generator_03_yield_from":      generator03YieldFrom,
	"generator_04_fibonacci_tasks": generator04FibonacciTasks,

	"queue_01_workers": queue01Workers,
	"queue_02_kinds":   queue02Kinds,

	"thread_01_spinner_signal": thread01SpinnerSignal,
	"thread_02_start_join":     thread02StartJoin,

	"executor_01_blocking":  executor01Blocking,
	"executor_02_to_thread": executor02ToThread,
	"loop_01_call_soon":     loop01CallSoon,
	"loop_03_exceptions":    loop03Exceptions,
	"run_01_lifecycle":      run01Lifecycle,
	"signal_01_handler":     signal01Handler,
	"subprocess_01_run":     subprocess01Run,
}

// untranslated is the scripts that have no twin yet. It only ever gets shorter.
var untranslated = []string{
	"coroutine_01_nested",
	"coroutine_02_reuse",

	"future_01_set_later",
	"future_02_states",
	"future_03_callbacks",

	"gather_01_factorial",
	"gather_02_return_exceptions",
	"gather_03_cancel",

	"loop_02_socketpair",
	"loop_04_lookup",

	"shield_01_survives",

	"stream_01_echo",
	"stream_02_lines",

	"task_01_say_after_sequential",
	"task_02_say_after_tasks",
	"task_03_display_date",
	"task_04_cancel_me",
	"task_05_spinner",
	"task_06_names_and_queue_of_steps",
	"task_07_background_set",
	"task_08_uncancel",

	"taskgroup_01_two_tasks",
	"taskgroup_02_failure",

	"timeout_01_long_task",
	"timeout_02_reschedule",
	"timeout_03_wait_for_eternity",

	"wait_01_modes",
}
