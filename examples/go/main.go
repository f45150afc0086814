// The command transcoder is a worker for the video service of Viernes. It replaces apps/transcoder.
package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"viernes.example/transcoder/media"
	"viernes.example/transcoder/worker"
)

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil && ctx.Err() == nil {
		slog.Error("worker failed", "err", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	target, scratchDir := os.Getenv("VIDEO_ADDRESS"), os.Getenv("SCRATCH_DIR")
	if target == "" || scratchDir == "" {
		return errors.New("VIDEO_ADDRESS or SCRATCH_DIR is missing: set them to host:port of the worker port of the video service, and to a folder whose contents are deleted")
	}
	client, closeConnection, err := worker.Connect(target)
	if err != nil {
		return err
	}
	defer closeConnection()
	host, _ := os.Hostname()
	w := &worker.Worker{
		ID:         fmt.Sprintf("%s-%s", host, rand.Text()[:8]),
		Client:     client,
		FFmpeg:     media.Tool(cmp.Or(os.Getenv("FFMPEG_PATH"), "ffmpeg")),
		FFprobe:    media.Tool(cmp.Or(os.Getenv("FFPROBE_PATH"), "ffprobe")),
		ScratchDir: scratchDir,
	}
	if err := errors.Join(w.FFmpeg.Check(ctx), w.FFprobe.Check(ctx)); err != nil {
		return err
	}
	if address := os.Getenv("HEALTH_ADDRESS"); address != "" {
		server := &http.Server{Addr: address, Handler: healthHandler(w)}
		go func() {
			if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
				slog.Error("health server failed", "err", err)
			}
		}()
		defer server.Close()
	}
	return w.Run(ctx)
}

// healthHandler serves the probes of Kubernetes.
func healthHandler(w *worker.Worker) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /readyz", func(response http.ResponseWriter, _ *http.Request) {
		if !w.IsReady() {
			http.Error(response, "the video service is unavailable", http.StatusServiceUnavailable)
		}
	})
	return mux
}
