package worker

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	"viernes.example/transcoder/media"
	pb "viernes.example/transcoder/transcodepb"
)

// jobServer is a video service with one job. It passes the calls that finish the job to the test.
type jobServer struct {
	pb.UnimplementedTranscodeServiceServer
	jobs      chan *pb.Job
	reports   chan proto.Message
	progress  chan float64
	isLost    bool
	completes []error
	// If set, a completion ends the lease, and waits until a heartbeat has received LEASE_LOST.
	rejected chan struct{}
	isEnded  atomic.Bool
}

func (s *jobServer) LeaseJob(ctx context.Context, _ *pb.LeaseJobRequest) (*pb.LeaseJobResponse, error) {
	select {
	case job := <-s.jobs:
		return &pb.LeaseJobResponse{Job: job}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (s *jobServer) HeartbeatJob(ctx context.Context, request *pb.HeartbeatJobRequest) (*pb.HeartbeatJobResponse, error) {
	if s.isEnded.Load() {
		defer func() { s.rejected <- struct{}{} }()
	}
	if s.isLost || s.isEnded.Load() {
		return nil, withCode(ctx, codes.Aborted, "LEASE_LOST")
	}
	select {
	case s.progress <- request.Progress:
	default:
	}
	return &pb.HeartbeatJobResponse{LeaseSeconds: 30}, nil
}

func (s *jobServer) CompleteJob(ctx context.Context, request *pb.CompleteJobRequest) (*pb.CompleteJobResponse, error) {
	if s.rejected != nil {
		s.isEnded.Store(true)
		<-s.rejected
		// Long enough for the response to the heartbeat to arrive.
		select {
		case <-time.After(200 * time.Millisecond):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if len(s.completes) > 0 {
		err := s.completes[0]
		s.completes = s.completes[1:]
		return nil, err
	}
	s.reports <- request
	return &pb.CompleteJobResponse{}, nil
}

func (s *jobServer) FailJob(_ context.Context, request *pb.FailJobRequest) (*pb.FailJobResponse, error) {
	s.reports <- request
	return &pb.FailJobResponse{}, nil
}

func (s *jobServer) ReleaseJob(_ context.Context, request *pb.ReleaseJobRequest) (*pb.ReleaseJobResponse, error) {
	s.reports <- request
	return &pb.ReleaseJobResponse{}, nil
}

func withCode(ctx context.Context, code codes.Code, name string) error {
	grpc.SetTrailer(ctx, metadata.Pairs("viernes-error-code", name))
	return status.Error(code, name)
}

const (
	ffprobe = `echo '{"streams": [{"codec_type": "video", "codec_name": "h264", "width": 640, "height": 360, "avg_frame_rate": "25/1"}], "format": {"duration": "2"}}'`
	ffmpeg  = `echo out_time_us=1000000
printf 'iiisssss' > rendition.mp4
printf '#EXTM3U\n#EXT-X-MAP:URI="rendition.mp4",BYTERANGE="3@0"\n#EXTINF:2.0,\n#EXT-X-BYTERANGE:5@3\nrendition.mp4\n#EXT-X-ENDLIST\n' > rendition.m3u8`
	video = "\x00\x00\x00\x20ftypisom"
)

// start starts a worker with shell scripts instead of ffprobe and ffmpeg, and one job. It returns a function that stops
// the worker.
func start(t *testing.T, server *jobServer, source, ffmpeg string, job *pb.Job) (uploads chan string, stop func()) {
	uploads = make(chan string, 1)
	objects := httptest.NewServer(http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		if request.Method == http.MethodGet {
			io.WriteString(response, source)
			return
		}
		bytes, _ := io.ReadAll(request.Body)
		uploads <- string(bytes)
	}))
	t.Cleanup(objects.Close)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	calls := grpc.NewServer()
	pb.RegisterTranscodeServiceServer(calls, server)
	go calls.Serve(listener)
	t.Cleanup(calls.Stop)
	client, closeConnection, err := Connect(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeConnection() })

	job.Id, job.AssetId, job.LeaseToken, job.LeaseSeconds = "job", "asset", "token", 30
	job.SourceUrl, job.SourceSizeBytes, job.OutputUrl = objects.URL, int64(len(source)), objects.URL
	job.Demuxer, job.DurationMs = "mov", 2_000
	server.jobs, server.reports, server.progress = make(chan *pb.Job, 1), make(chan proto.Message, 1), make(chan float64)
	server.jobs <- job
	w := &Worker{
		ID:         "worker",
		Client:     client,
		FFmpeg:     script(t, ffmpeg),
		FFprobe:    script(t, ffprobe),
		ScratchDir: filepath.Join(t.TempDir(), "scratch"),
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.Run(ctx)
	}()
	stop = func() {
		cancel()
		<-done
	}
	t.Cleanup(stop)
	return uploads, stop
}

func script(t *testing.T, body string) media.Tool {
	path := filepath.Join(t.TempDir(), "tool")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return media.Tool(path)
}

func receive[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	select {
	case value := <-from:
		return value
	case <-time.After(time.Minute):
		t.Fatal("received nothing")
		panic("unreachable")
	}
}

func probeJob() *pb.Job { return &pb.Job{Spec: &pb.Job_Probe{Probe: &pb.ProbeSpec{}}} }
func audioJob() *pb.Job {
	return &pb.Job{Spec: &pb.Job_Audio{Audio: &pb.AudioSpec{BitrateBps: 128_000, Channels: 2}}}
}

func TestCompletesAProbe(t *testing.T) {
	server := &jobServer{}
	start(t, server, video, ffmpeg, probeJob())
	request := receive(t, server.reports).(*pb.CompleteJobRequest)
	if probe := request.GetProbe(); probe.GetWidth() != 640 || probe.DurationMs != 2_000 || request.LeaseToken != "token" {
		t.Errorf("got %v", request)
	}
}

func TestUploadsARenditionAndReportsItsRanges(t *testing.T) {
	server := &jobServer{}
	uploads, _ := start(t, server, video, ffmpeg, audioJob())
	request := receive(t, server.reports).(*pb.CompleteJobRequest)
	rendition := request.GetRendition()
	if rendition.GetSizeBytes() != 8 || len(rendition.Segments) != 1 || rendition.Segments[0].DurationUs != 2_000_000 {
		t.Errorf("got %v", request)
	}
	if bytes := receive(t, uploads); bytes != "iiisssss" {
		t.Errorf("uploaded %q", bytes)
	}
}

func TestReportsProgress(t *testing.T) {
	server := &jobServer{}
	start(t, server, video, "echo out_time_us=1000000; exec sleep 1000", audioJob())
	for receive(t, server.progress) != 0.5*encodedFraction {
	}
}

func TestRepeatsAReportWhileTheServiceIsUnavailable(t *testing.T) {
	server := &jobServer{completes: []error{status.Error(codes.Unavailable, "restart")}}
	start(t, server, video, ffmpeg, probeJob())
	if request, ok := receive(t, server.reports).(*pb.CompleteJobRequest); !ok {
		t.Errorf("got %v", request)
	}
}

func TestCompletesAJobIfAHeartbeatOvertakesTheReport(t *testing.T) {
	server := &jobServer{rejected: make(chan struct{}, 1)}
	start(t, server, video, ffmpeg, probeJob())
	if request, ok := receive(t, server.reports).(*pb.CompleteJobRequest); !ok {
		t.Errorf("got %v", request)
	}
}

func TestRejectsAnUnreadableSource(t *testing.T) {
	server := &jobServer{}
	start(t, server, "#EXTM3U, not a video", ffmpeg, probeJob())
	request := receive(t, server.reports).(*pb.FailJobRequest)
	if request.Code != "SOURCE_UNREADABLE" || request.IsRetryable {
		t.Errorf("got %v", request)
	}
}

func TestAllowsAnotherAttemptIfFFmpegFails(t *testing.T) {
	server := &jobServer{}
	start(t, server, video, "exit 1", audioJob())
	request := receive(t, server.reports).(*pb.FailJobRequest)
	if request.Code != "TRANSCODE_FAILED" || !request.IsRetryable {
		t.Errorf("got %v", request)
	}
}

func TestReleasesTheJobAtShutdown(t *testing.T) {
	server := &jobServer{}
	_, stop := start(t, server, video, "echo out_time_us=1000000; exec sleep 1000", audioJob())
	for receive(t, server.progress) == 0 {
	}
	stop()
	request := receive(t, server.reports).(*pb.ReleaseJobRequest)
	if request.JobId != "job" || request.LeaseToken != "token" {
		t.Errorf("got %v", request)
	}
}

func TestStopsWithoutAReportWhenTheLeaseIsLost(t *testing.T) {
	server := &jobServer{isLost: true}
	start(t, server, video, "exec sleep 1000", audioJob())
	// The worker has stopped the job if it runs the next one.
	next := probeJob()
	next.Id, next.AssetId, next.LeaseSeconds = "next", "asset", 30
	server.jobs <- next
	if request, ok := receive(t, server.reports).(*pb.CompleteJobRequest); !ok || request.JobId != "next" {
		t.Errorf("got %v", request)
	}
}
