package trial

import (
	"bufio"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestServeUntilTheInputEnds(t *testing.T) {
	in, end := io.Pipe()
	said, out := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- serve(in, out) }()
	address, err := bufio.NewReader(said).ReadString('\n')
	if err != nil || !strings.HasPrefix(address, "127.0.0.1:") {
		t.Fatalf("it says that it listens on %q, %v", address, err)
	}
	response, err := http.Get("http://" + strings.TrimSpace(address) + "/")
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("the index: %v, %v", response, err)
	}
	response.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	end.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
