// Package media runs ffprobe and ffmpeg on untrusted video files.
package media

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"time"
)

const maxStderrBytes = 4_000

// Tool is the path of ffmpeg or ffprobe.
type Tool string

// run starts the tool without an environment and without input. It kills the tool and its children when the context is
// done, and the kernel kills the tool if this process dies.
func (tool Tool) run(ctx context.Context, folder string, arguments []string, onLine func(line []byte)) error {
	// The kernel sends the death signal when the thread that started the tool exits.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	command := exec.CommandContext(ctx, string(tool), arguments...)
	command.Dir = folder
	command.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"}
	command.WaitDelay = time.Second
	isolate(command)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	stdout, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return fmt.Errorf("start %s: %w", tool, err)
	}
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		onLine(lines.Bytes())
	}
	err = command.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		end := stderr.Bytes()
		return fmt.Errorf("%s: %w: %s", tool, err, end[max(0, len(end)-maxStderrBytes):])
	}
	return nil
}

// Check returns an error unless the tool starts.
func (tool Tool) Check(ctx context.Context) error {
	return tool.run(ctx, os.TempDir(), []string{"-version"}, func([]byte) {})
}
