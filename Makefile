# Type make to see what there is. Everything is built without cgo, so that a
# thread of the benchmark is a plain kernel thread and nothing else.

export CGO_ENABLED := 0
GO      ?= go
OUT     ?= bench-out
LATEST  := $(OUT)/latest
STAMP   := $(shell git describe --always --dirty --tags 2>/dev/null)
LDFLAGS := -X concbench/internal/buildinfo.stamp=$(STAMP)
ARGS    ?=

.DEFAULT_GOAL := help
.PHONY: help build bench quick full test race check fuzz report compare grade demo clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo '  ARGS="..." goes to the command: make bench ARGS="-workload Switch -rounds 20"'

build: ## build bin/bench and its worker bin/bench-trial
	@mkdir -p bin
	@$(GO) build -ldflags '$(LDFLAGS)' -o bin ./cmd/...

bench: build ## run every workload under every model, 5 to 6 minutes, and draw the result
	@bin/bench run -profile bench -out $(OUT) $(ARGS)

quick: build ## the same, scaled down, within a minute: a look, not a measurement
	@bin/bench run -profile quick -out $(OUT) $(ARGS)

full: build ## 20 rounds, for publication
	@bin/bench run -profile full -out $(OUT) $(ARGS)

test: ## run the tests
	$(GO) vet ./...
	$(GO) test ./...

race: ## run the tests under the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race ./...

check: test ## tests, other platforms, formatting, module files and static checks
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo 'not gofmt-clean: run gofmt -w on these'; exit 1; }
	GOOS=darwin $(GO) vet ./...
	$(GO) mod tidy -diff
	$(GO) tool -modfile=tools/go.mod staticcheck ./...

fuzz: ## fuzz every parser for ten seconds each
	@for f in $$(grep -rlE '^func Fuzz' --include=*_test.go .); do \
	  for name in $$(sed -nE 's/^func (Fuzz[A-Za-z0-9_]+).*/\1/p' $$f); do \
	    $(GO) test -run '^$$' -fuzz "^$$name$$" -fuzztime 10s ./$$(dirname $$f) || exit 1; done; done

report: build ## draw the latest run again, or another: make report RUN=bench-out/...
	@bin/bench report $(or $(RUN),$(LATEST)) $(ARGS)

compare: build ## compare two runs: make compare OLD=bench-out/... NEW=bench-out/latest
	@test -n "$(OLD)" || { echo 'say which run is the old one: make compare OLD=bench-out/... [NEW=bench-out/latest]'; exit 2; }
	@bin/bench compare $(OLD) $(or $(NEW),$(LATEST)) $(ARGS)

grade: ## hold the emulated lock against CPython's own: 7 minutes, needs python3 3.11 or later
	@mkdir -p bin && $(GO) build -o bin/grade ./reference
	@bin/grade $(ARGS)

demo: build ## watch the examples live: make demo ARGS="spinner -model threads"
	@bin/bench demo $(ARGS)

clean: ## remove what make built; results in bench-out stay
	rm -rf bin
