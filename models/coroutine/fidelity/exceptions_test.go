package fidelity

// What scripts raise by themselves, for twins to return and catch. What Python
// raises is an error of the package that a twin is about.
type (
	valueError   string
	keyError     string
	runtimeError string
)

func (e valueError) Error() string   { return string(e) }
func (e keyError) Error() string     { return string(e) }
func (e runtimeError) Error() string { return string(e) }

// must is for calls of which a script expects no error: one that comes after all
// ends the twin, as it would end the script.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
