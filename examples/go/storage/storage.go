// Package storage transfers files from and to presigned URLs of object storage.
package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"

	"viernes.example/transcoder/retry"
)

// Object is an object behind a presigned URL, which can expire before the transfer is done.
type Object struct {
	URL string
	// Renew returns a new URL for the same object and method.
	Renew func(context.Context) (string, error)
}

// unavailableError is an outage: the same request can succeed later.
type unavailableError struct {
	reason string
	// The signature has expired, so only a new URL can succeed.
	isURLRejected bool
}

func (e *unavailableError) Error() string { return e.reason }

var (
	rejected    = []int{http.StatusUnauthorized, http.StatusForbidden}
	unavailable = []int{http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests}
)

// Download writes an object to a file. It fails unless the object has exactly the given size.
func Download(ctx context.Context, object Object, path string, sizeBytes int64) error {
	return transfer(ctx, object, func(ctx context.Context, url string) error {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return errors.New("the presigned URL is invalid")
		}
		response, err := send(request)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		if response.ContentLength != sizeBytes {
			return fmt.Errorf("the object has %d bytes instead of %d", response.ContentLength, sizeBytes)
		}
		file, err := os.Create(path)
		if err != nil {
			return err
		}
		defer file.Close()
		return copyBody(file, response.Body)
	})
}

// Upload replaces an object with the contents of a file.
func Upload(ctx context.Context, object Object, path string) error {
	return transfer(ctx, object, func(ctx context.Context, url string) error {
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		info, err := file.Stat()
		if err != nil {
			return err
		}
		request, err := http.NewRequestWithContext(ctx, http.MethodPut, url, file)
		if err != nil {
			return errors.New("the presigned URL is invalid")
		}
		request.ContentLength = info.Size()
		request.Header.Set("Content-Type", "video/mp4")
		response, err := send(request)
		if err != nil {
			return err
		}
		return response.Body.Close()
	})
}

// transfer retries without a time limit. Heartbeats extend the lease, and a lost lease cancels the context.
func transfer(ctx context.Context, object Object, attempt func(ctx context.Context, url string) error) error {
	shouldRenew := false
	isOutage := func(err error) bool {
		var outage *unavailableError
		if !errors.As(err, &outage) || ctx.Err() != nil {
			return false
		}
		shouldRenew = outage.isURLRejected
		return true
	}
	return retry.Do(ctx, isOutage, func(ctx context.Context) error {
		if shouldRenew {
			url, err := object.Renew(ctx)
			if err != nil {
				return err
			}
			object.URL = url
		}
		return attempt(ctx, object.URL)
	})
}

// send returns a response with a success status. Errors never contain the URL, because it is a credential.
func send(request *http.Request) (*http.Response, error) {
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		var urlError *url.Error
		if errors.As(err, &urlError) {
			err = urlError.Err
		}
		return nil, &unavailableError{reason: fmt.Sprintf("no response from object storage: %v", err)}
	}
	status := response.StatusCode
	if status < 300 {
		return response, nil
	}
	response.Body.Close()
	reason := fmt.Sprintf("object storage returned %d for a %s", status, request.Method)
	if slices.Contains(rejected, status) {
		return nil, &unavailableError{reason: reason, isURLRejected: true}
	}
	if status >= 500 || slices.Contains(unavailable, status) {
		return nil, &unavailableError{reason: reason}
	}
	return nil, errors.New(reason)
}

// copyBody distinguishes a broken connection, which is retried, from an error of the local disk.
func copyBody(file io.Writer, body io.Reader) error {
	var broken error
	reader := readerFunc(func(bytes []byte) (int, error) {
		count, err := body.Read(bytes)
		if err != nil && err != io.EOF {
			broken = &unavailableError{reason: "object storage closed the connection during a download"}
		}
		return count, err
	})
	_, err := io.Copy(file, reader)
	if broken != nil {
		return broken
	}
	return err
}

type readerFunc func([]byte) (int, error)

func (read readerFunc) Read(bytes []byte) (int, error) { return read(bytes) }
