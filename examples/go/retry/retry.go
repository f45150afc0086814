// Package retry repeats operations that depend on another process.
package retry

import (
	"context"
	"math/rand/v2"
	"time"
)

const (
	base = 200 * time.Millisecond
	max  = 5 * time.Second
)

// Do repeats an operation until it succeeds, fails with an error that is not transient, or the context is done. The
// delay is random up to a limit that doubles, so that workers that lost the same dependency do not retry together.
func Do(ctx context.Context, isTransient func(error) bool, operation func(context.Context) error) error {
	for limit := base; ; limit = min(2*limit, max) {
		err := operation(ctx)
		if err == nil || !isTransient(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(rand.N(limit)):
		}
	}
}
