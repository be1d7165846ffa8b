package coroutine

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
)

func TestGetAddrInfo(t *testing.T) {
	run(t, func(task *Task) error {
		for _, c := range []struct {
			network, host, service string
			flags                  AddrInfoFlags
			want                   string // of the addresses, of which there may be more
		}{
			{"tcp", "127.0.0.1", "80", 0, "*net.TCPAddr 127.0.0.1:80"},
			{"udp", "127.0.0.1", "80", NumericHost, "*net.UDPAddr 127.0.0.1:80"},
			{"tcp", "::1", "0", 0, "*net.TCPAddr [::1]:0"},
			{"tcp4", "localhost", "http", 0, "*net.TCPAddr 127.0.0.1:80"},
			{"tcp4", "", "1", 0, "*net.TCPAddr 127.0.0.1:1"},
			{"tcp", "", "", Passive, "*net.TCPAddr 0.0.0.0:0 *net.TCPAddr [::]:0"},
		} {
			found, err := task.GetAddrInfo(c.network, c.host, c.service, c.flags)
			var got []string
			for _, a := range found {
				got = append(got, fmt.Sprintf("%T %v", a, a))
			}
			if !strings.HasPrefix(strings.Join(got, " "), c.want) || err != nil {
				t.Errorf("GetAddrInfo %+v = %v, %v", c, got, err)
			}
		}
		return nil
	})
}

func TestGetAddrInfoErrors(t *testing.T) {
	run(t, func(task *Task) error {
		if _, err := task.GetAddrInfo("tcp", "not a number", "80", NumericHost); !isDNSError(err) {
			t.Errorf("not a number: %v", err)
		}
		if _, err := task.GetAddrInfo("tcp", "127.0.0.1", "no-such-service", 0); !isDNSError(err) {
			t.Errorf("no such service: %v", err)
		}
		for _, network := range []string{"unix", "tcp5", "tcp44", "", "4"} {
			if _, err := task.GetAddrInfo(network, "127.0.0.1", "1", 0); !errors.Is(err, net.UnknownNetworkError(network)) {
				t.Errorf("network %q: %v", network, err)
			}
		}
		for _, service := range []string{"-1", "65536"} {
			if _, err := task.GetAddrInfo("tcp", "127.0.0.1", service, 0); err == nil {
				t.Errorf("service %s is no error", service)
			}
		}
		return nil
	})
}

func isDNSError(err error) bool {
	_, ok := errors.AsType[*net.DNSError](err)
	return ok
}

func TestGetNameInfo(t *testing.T) {
	run(t, func(task *Task) error {
		of := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}
		if host, service, err := task.GetNameInfo(of, NumericHost); host != "127.0.0.1" || service != "80" || err != nil {
			t.Errorf("GetNameInfo of numbers = %q, %q, %v", host, service, err)
		}
		if host, service, err := task.GetNameInfo(of, 0); host == "" || service != "80" || err != nil {
			t.Errorf("GetNameInfo = %q, %q, %v", host, service, err)
		}
		if _, _, err := task.GetNameInfo(unnamed, 0); err == nil {
			t.Error("GetNameInfo of a local socket is no error")
		}
		return nil
	})
}
