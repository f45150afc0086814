//go:build !linux

package media

import "os/exec"

// Other systems have no death signal: a killed worker leaves its ffmpeg running until it finishes.
func isolate(*exec.Cmd) {}
