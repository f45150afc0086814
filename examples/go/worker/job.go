package worker

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"viernes.example/transcoder/media"
	"viernes.example/transcoder/retry"
	"viernes.example/transcoder/storage"
	pb "viernes.example/transcoder/transcodepb"
)

// The fraction of a job that is done when its rendition is encoded. The rest is the upload.
const encodedFraction = 0.97

// The time for returning a job to the queue during shutdown. Afterwards, its lease expires.
const releaseTimeout = 3 * time.Second

// source is the last downloaded source. Most jobs of one asset run one after the other, so one file is enough.
type source struct{ assetID, path string }

// runJob runs one job from its source to its report. It returns the outcome for the log, and its reason.
func (w *Worker) runJob(ctx context.Context, job *pb.Job) (outcome string, reason error) {
	jobCtx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var progress progress
	// Heartbeats continue until the job is reported.
	go w.sendHeartbeats(jobCtx, job, &progress, stop)
	request, err := w.perform(jobCtx, job, &progress)
	if err == nil {
		request.JobId, request.LeaseToken = job.Id, job.LeaseToken
		// Waits while the video service is unavailable, because repeating the job would cost more. Not jobCtx: the report
		// ends the lease, so a concurrent heartbeat can receive LEASE_LOST and cancel jobCtx.
		err = w.report(ctx, func(ctx context.Context) error {
			_, err := w.Client.CompleteJob(ctx, request)
			return err
		})
	}
	switch {
	case err == nil:
		return "completed", nil
	case isLeaseLost(err) || isLeaseLost(context.Cause(jobCtx)):
		return "lease-lost", nil
	case ctx.Err() != nil:
		return w.release(ctx, job)
	default:
		return w.fail(ctx, job, err)
	}
}

// perform runs the job. It returns the request that reports the result, without the job ID and the lease token.
func (w *Worker) perform(ctx context.Context, job *pb.Job, progress *progress) (*pb.CompleteJobRequest, error) {
	if err := w.download(ctx, job); err != nil {
		return nil, fmt.Errorf("download: %w", err)
	}
	folder, err := os.MkdirTemp(filepath.Join(w.ScratchDir, "job"), "")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	if job.GetProbe() != nil {
		result, err := media.Probe(ctx, w.FFprobe, w.FFmpeg, w.source.path, folder)
		return &pb.CompleteJobRequest{Result: &pb.CompleteJobRequest_Probe{Probe: result}}, err
	}
	onProgress := func(fraction float64) { progress.advance(encodedFraction * fraction) }
	path, result, err := media.Encode(ctx, w.FFmpeg, job, w.source.path, folder, onProgress)
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	output := w.object(job, job.OutputUrl, (*pb.RenewJobUrlsResponse).GetOutputUrl)
	if err := storage.Upload(ctx, output, path); err != nil {
		return nil, fmt.Errorf("upload: %w", err)
	}
	progress.advance(1)
	return &pb.CompleteJobRequest{Result: &pb.CompleteJobRequest_Rendition{Rendition: result}}, nil
}

func (w *Worker) download(ctx context.Context, job *pb.Job) error {
	if w.source.assetID == job.AssetId {
		return nil
	}
	// The file of the previous asset is overwritten.
	path := filepath.Join(w.ScratchDir, "source")
	w.source = source{}
	object := w.object(job, job.SourceUrl, (*pb.RenewJobUrlsResponse).GetSourceUrl)
	if err := storage.Download(ctx, object, path, job.SourceSizeBytes); err != nil {
		return err
	}
	w.source = source{assetID: job.AssetId, path: path}
	return nil
}

func (w *Worker) object(job *pb.Job, url string, newURL func(*pb.RenewJobUrlsResponse) string) storage.Object {
	return storage.Object{URL: url, Renew: func(ctx context.Context) (string, error) {
		ctx, cancel := context.WithTimeout(ctx, callTimeout)
		defer cancel()
		response, err := w.Client.RenewJobUrls(ctx, &pb.RenewJobUrlsRequest{JobId: job.Id, LeaseToken: job.LeaseToken})
		return newURL(response), err
	}}
}

// report repeats a call until the video service has responded, or the context is done.
func (w *Worker) report(ctx context.Context, call func(context.Context) error) error {
	return retry.Do(ctx, isTransient, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, callTimeout)
		defer cancel()
		return call(ctx)
	})
}

// release returns a job to the queue during shutdown. The attempt does not count.
func (w *Worker) release(ctx context.Context, job *pb.Job) (string, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), releaseTimeout)
	defer cancel()
	err := w.report(ctx, func(ctx context.Context) error {
		_, err := w.Client.ReleaseJob(ctx, &pb.ReleaseJobRequest{JobId: job.Id, LeaseToken: job.LeaseToken})
		return err
	})
	return "released", err
}

func (w *Worker) fail(ctx context.Context, job *pb.Job, reason error) (string, error) {
	code, isRetryable := failureCode(reason)
	request := &pb.FailJobRequest{JobId: job.Id, LeaseToken: job.LeaseToken, Code: code, IsRetryable: isRetryable}
	err := w.report(ctx, func(ctx context.Context) error {
		_, err := w.Client.FailJob(ctx, request)
		return err
	})
	return "failed", errors.Join(reason, err)
}

// failureCode returns the error code of docs/errors.md, and whether another attempt can succeed.
func failureCode(err error) (code string, isRetryable bool) {
	var source *media.SourceError
	switch {
	case errors.As(err, &source):
		return source.Code, false
	// An error of this machine is not caused by the job. The video service does not count such an attempt.
	case isTransient(err), errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EIO), errors.Is(err, syscall.ENOMEM):
		return "DEPENDENCY_UNAVAILABLE", true
	default:
		return "TRANSCODE_FAILED", true
	}
}
