package fidelity

// twins has one for each script, by its name. The function has that name too.
var twins = map[string]program{
	"barrier_01_rounds": barrier01Rounds,
	"barrier_02_broken": barrier02Broken,

	"condition_01_misuse": condition01Misuse,
	"condition_02_wakes":  condition02Wakes,

	"event_01_waits": event01Waits,

	"file_01_pipe":    file01Pipe,
	"file_02_regular": file02Regular,

	"future_01_states":    future01States,
	"future_02_callbacks": future02Callbacks,

	"local_01_own": local01Own,

	"lock_01_misuse":   lock01Misuse,
	"lock_02_stranger": lock02Stranger,

	"pool_01_submit":      pool01Submit,
	"pool_02_map":         pool02Map,
	"pool_03_shutdown":    pool03Shutdown,
	"pool_04_initializer": pool04Initializer,
	"pool_05_exit":        pool05Exit,

	"queue_01_limits":    queue01Limits,
	"queue_02_kinds":     queue02Kinds,
	"queue_03_tasks":     queue03Tasks,
	"queue_04_hand_over": queue04HandOver,

	"rlock_01_owner": rlock01Owner,

	"semaphore_01_values":       semaphore01Values,
	"semaphore_02_release_many": semaphore02ReleaseMany,

	"texts_01_misuse": texts01Misuse,

	"thread_01_life":     thread01Life,
	"thread_02_names":    thread02Names,
	"thread_03_daemons":  thread03Daemons,
	"thread_04_uncaught": thread04Uncaught,
	"thread_05_exit":     thread05Exit,

	"timer_01_cancel": timer01Cancel,

	"wait_01_modes":        wait01Modes,
	"wait_02_as_completed": wait02AsCompleted,
}
