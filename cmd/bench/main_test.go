package main

import (
	"fmt"
	"log"
	"net"
	"os"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"concbench/measure/trial"
	"concbench/models/registry"
	"concbench/workloads"
)

// The test binary is also the command and its worker.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"stubborn":    stubborn,
		"shouter":     shouter,
		"bench":       main,
		"bench-trial": func() { os.Exit(trial.Worker{Workloads: workloads.All, NewModel: registry.New}.Main(os.Args[1:])) },
	})
}

// shouter is a web server that answers in red, and rings the bell. It says where it is.
func shouter() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("http://%s/\n", l.Addr())
	for {
		conn, err := l.Accept()
		if err != nil {
			log.Fatal(err)
		}
		request := make([]byte, 1<<12)
		if n, err := conn.Read(request); n > 0 && err == nil {
			fmt.Fprint(conn, "HTTP/1.1 500 red \x1b[31mserver\a\r\nConnection: close\r\n\r\n")
		}
		conn.Close()
	}
}

// stubborn does not end at the first signal.
func stubborn() {
	ctx, stop := interruptible()
	defer stop()
	os.Stdout.WriteString("ready\n")
	<-ctx.Done()
	os.Stdout.WriteString("signalled\n")
	time.Sleep(time.Hour)
}
