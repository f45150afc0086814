// Package worker leases transcode jobs from the video service and runs them.
package worker

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"google.golang.org/grpc/metadata"

	"viernes.example/transcoder/media"
	"viernes.example/transcoder/retry"
	pb "viernes.example/transcoder/transcodepb"
)

const (
	waitSeconds = 10
	// Longer than the wait, so that a response at its end still arrives.
	leaseTimeout = 15 * time.Second
	callTimeout  = 5 * time.Second
)

// Worker runs one job at a time. Its zero value is not usable: all exported fields are required.
type Worker struct {
	ID              string
	Client          pb.TranscodeServiceClient
	FFmpeg, FFprobe media.Tool
	// ScratchDir is a folder of this worker only. Its contents are deleted when the worker starts.
	ScratchDir string

	source  source
	isReady atomic.Bool
}

// IsReady reports whether the last request for a job received a response.
func (w *Worker) IsReady() bool { return w.isReady.Load() }

// Run leases and runs jobs until the context is done. A job that is running then returns to the queue.
func (w *Worker) Run(ctx context.Context) error {
	if err := os.RemoveAll(w.ScratchDir); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(w.ScratchDir, "job"), 0o700); err != nil {
		return err
	}
	for ctx.Err() == nil {
		job, err := w.lease(ctx)
		if err != nil {
			return err
		}
		if job != nil {
			w.runLogged(withTrace(ctx, job), job)
		}
	}
	return context.Cause(ctx)
}

// lease waits for a job. It returns nil if the queue stays empty.
func (w *Worker) lease(ctx context.Context) (*pb.Job, error) {
	var job *pb.Job
	always := func(error) bool { return true }
	err := retry.Do(ctx, always, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, leaseTimeout)
		defer cancel()
		request := &pb.LeaseJobRequest{WorkerId: w.ID}
		// The first request after an outage does not wait for a job, so that readiness recovers immediately.
		if w.IsReady() {
			request.WaitSeconds = waitSeconds
		}
		response, err := w.Client.LeaseJob(ctx, request)
		job = response.GetJob()
		// Logged once per outage.
		if wasReady := w.isReady.Swap(err == nil); err != nil && wasReady && ctx.Err() == nil {
			slog.Warn("lease request failed", "err", err)
		}
		return err
	})
	return job, err
}

func (w *Worker) runLogged(ctx context.Context, job *pb.Job) {
	logger := slog.With("jobId", job.Id, "assetId", job.AssetId, "attempt", job.Attempt)
	logger.Info("job leased")
	startedAt := time.Now()
	outcome, err := w.runJob(ctx, job)
	if err != nil {
		logger = logger.With("err", err)
	}
	logger.Info("job finished", "outcome", outcome, "seconds", time.Since(startedAt).Seconds())
}

// withTrace continues the trace of the upload, so that the calls of this job appear in it.
func withTrace(ctx context.Context, job *pb.Job) context.Context {
	if job.Traceparent == "" {
		return ctx
	}
	return metadata.AppendToOutgoingContext(ctx, "traceparent", job.Traceparent)
}
