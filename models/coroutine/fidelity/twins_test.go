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

	"coroutine_01_nested": coroutine01Nested,
	"coroutine_02_reuse":  coroutine02Reuse,

	"future_01_set_later": future01SetLater,
	"future_02_states":    future02States,
	"future_03_callbacks": future03Callbacks,

	"gather_01_factorial":         gather01Factorial,
	"gather_02_return_exceptions": gather02ReturnExceptions,
	"gather_03_cancel":            gather03Cancel,

	"shield_01_survives": shield01Survives,

	"task_01_say_after_sequential":     task01SayAfterSequential,
	"task_02_say_after_tasks":          task02SayAfterTasks,
	"task_03_display_date":             task03DisplayDate,
	"task_04_cancel_me":                task04CancelMe,
	"task_05_spinner":                  task05Spinner,
	"task_06_names_and_queue_of_steps": task06NamesAndQueueOfSteps,
	"task_07_background_set":           task07BackgroundSet,
	"task_08_uncancel":                 task08Uncancel,

	"taskgroup_01_two_tasks": taskgroup01TwoTasks,
	"taskgroup_02_failure":   taskgroup02Failure,

	"timeout_01_long_task":         timeout01LongTask,
	"timeout_02_reschedule":        timeout02Reschedule,
	"timeout_03_wait_for_eternity": timeout03WaitForEternity,

	"wait_01_modes": wait01Modes,

	"loop_02_socketpair": loop02Socketpair,
	"loop_04_lookup":     loop04Lookup,
	"stream_01_echo":     stream01Echo,
	"stream_02_lines":    stream02Lines,
}

// timed is the scripts whose traces depend on the clock.
var timed = []string{
	"task_01_say_after_sequential",
	"task_02_say_after_tasks",
	"task_03_display_date",
	"task_05_spinner",
}
