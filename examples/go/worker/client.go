package worker

import (
	"context"
	"errors"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	pb "viernes.example/transcoder/transcodepb"
)

// codedError is a failed call with the error code of the platform, see docs/errors.md.
type codedError struct {
	code string
	err  error
}

func (e *codedError) Error() string { return e.code + ": " + e.err.Error() }
func (e *codedError) Unwrap() error { return e.err }

// Connect creates a client of the worker port of the video service. It connects with the first call.
func Connect(target string) (pb.TranscodeServiceClient, func() error, error) {
	connection, err := grpc.NewClient(target,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithUnaryInterceptor(readErrorCode),
		// One connection to each replica of the service.
		grpc.WithDefaultServiceConfig(`{"loadBalancingConfig": [{"round_robin": {}}]}`),
	)
	if err != nil {
		return nil, nil, err
	}
	return pb.NewTranscodeServiceClient(connection), connection.Close, nil
}

func readErrorCode(ctx context.Context, method string, request, response any, connection *grpc.ClientConn, call grpc.UnaryInvoker, options ...grpc.CallOption) error {
	var trailer metadata.MD
	err := call(ctx, method, request, response, connection, append(options, grpc.Trailer(&trailer))...)
	if sent := trailer.Get("viernes-error-code"); err != nil && len(sent) > 0 {
		return &codedError{code: sent[0], err: err}
	}
	return err
}

func isLeaseLost(err error) bool {
	var coded *codedError
	return errors.As(err, &coded) && coded.code == "LEASE_LOST"
}

func isTransient(err error) bool {
	switch status.Code(err) {
	case codes.Unavailable, codes.DeadlineExceeded:
		return true
	}
	return false
}
