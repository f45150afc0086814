package worker

import (
	"context"
	"log/slog"
	"math"
	"sync/atomic"
	"time"

	pb "viernes.example/transcoder/transcodepb"
)

// Short enough for a smooth progress bar.
const progressInterval = time.Second

// progress is the completed fraction of a job.
type progress struct{ bits atomic.Uint64 }

func (p *progress) fraction() float64 { return math.Float64frombits(p.bits.Load()) }
func (p *progress) advance(fraction float64) {
	p.bits.Store(math.Float64bits(max(p.fraction(), fraction)))
}

// sendHeartbeats extends the lease every second, or every third of a shorter lease, until the context is done. An
// unavailable video service does not stop the job: the next response shows whether the lease is still valid.
// sendHeartbeats calls stop if another worker owns the job.
func (w *Worker) sendHeartbeats(ctx context.Context, job *pb.Job, progress *progress, stop context.CancelCauseFunc) {
	third := time.Duration(job.LeaseSeconds) * time.Second / 3
	isFailing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(min(third, progressInterval)):
		}
		request := &pb.HeartbeatJobRequest{JobId: job.Id, LeaseToken: job.LeaseToken, Progress: progress.fraction()}
		callCtx, cancel := context.WithTimeout(ctx, third)
		response, err := w.Client.HeartbeatJob(callCtx, request)
		cancel()
		switch {
		case isLeaseLost(err):
			stop(err)
			return
		case err == nil:
			third = time.Duration(response.LeaseSeconds) * time.Second / 3
		case ctx.Err() == nil && !isFailing:
			slog.Warn("heartbeat failed", "jobId", job.Id, "err", err)
		}
		isFailing = err != nil
	}
}
