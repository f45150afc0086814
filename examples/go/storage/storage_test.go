package storage

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// serve responds with these statuses in order, and then with success.
func serve(t *testing.T, body string, statuses ...int) (url string, received *[]string) {
	received = new([]string)
	server := httptest.NewServer(http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		bytes, _ := io.ReadAll(request.Body)
		*received = append(*received, request.URL.Path+string(bytes))
		if len(statuses) > 0 {
			response.WriteHeader(statuses[0])
			statuses = statuses[1:]
			return
		}
		io.WriteString(response, body)
	}))
	t.Cleanup(server.Close)
	return server.URL, received
}

func TestDownloadRetriesDuringAnOutage(t *testing.T) {
	url, received := serve(t, "video", 503, 429)
	path := filepath.Join(t.TempDir(), "source")
	if err := Download(t.Context(), Object{URL: url}, path, 5); err != nil {
		t.Fatal(err)
	}
	if bytes, _ := os.ReadFile(path); string(bytes) != "video" || len(*received) != 3 {
		t.Errorf("got %q after %d requests", bytes, len(*received))
	}
}

func TestDownloadRejectsAnotherSize(t *testing.T) {
	url, _ := serve(t, "video")
	if err := Download(t.Context(), Object{URL: url}, filepath.Join(t.TempDir(), "source"), 6); err == nil {
		t.Error("accepted 5 bytes instead of 6")
	}
}

func TestDownloadFailsForAMissingObject(t *testing.T) {
	url, received := serve(t, "", 404)
	if err := Download(t.Context(), Object{URL: url}, filepath.Join(t.TempDir(), "source"), 5); err == nil || len(*received) != 1 {
		t.Errorf("got %v after %d requests", err, len(*received))
	}
}

func TestErrorsDoNotContainTheURL(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := Download(ctx, Object{URL: "http://127.0.0.1:1/?signature=secret"}, filepath.Join(t.TempDir(), "source"), 5)
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
}

func TestUploadRenewsAnExpiredURL(t *testing.T) {
	url, received := serve(t, "", 403)
	path := filepath.Join(t.TempDir(), "rendition")
	if err := os.WriteFile(path, []byte("video"), 0o600); err != nil {
		t.Fatal(err)
	}
	renew := func(context.Context) (string, error) { return url + "/new-", nil }
	if err := Upload(t.Context(), Object{URL: url + "/old-", Renew: renew}, path); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(*received, " "); got != "/old-video /new-video" {
		t.Errorf("got %s", got)
	}
}
