package media

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	pb "viernes.example/transcoder/transcodepb"
)

const (
	playlistName   = "rendition.m3u8"
	mediaName      = "rendition.mp4"
	segmentSeconds = 4
	sampleRateHz   = 48_000
	// AAC encoders prepend this many samples. The filter removes the same number, so that audio and video are in sync.
	aacPrimingSamples = 1024
	peakToAverage     = 1.2
	// Many files are slightly longer than their headers state.
	extraDuration = 10 * time.Second
	// In multiples of the duration. A slower encode hangs, or its source is crafted to be slow.
	maxSlowness    = 20
	startAllowance = time.Minute
)

// Encode creates one rendition in the folder: H.264 or AAC in one fragmented MP4 file. It returns the path of the file
// and the byte ranges of its segments.
//
// The arguments equal those of libs/media/src/encode/encode-arguments.ts, because players switch between renditions of
// different workers at any segment. Only the number of threads differs: ffmpeg selects it.
func Encode(ctx context.Context, ffmpeg Tool, job *pb.Job, sourcePath, folder string, onProgress func(float64)) (string, *pb.RenditionResult, error) {
	if job.Demuxer != "mov" && job.Demuxer != "matroska" {
		return "", nil, fmt.Errorf("the demuxer %q is not allowed", job.Demuxer)
	}
	duration := time.Duration(job.DurationMs) * time.Millisecond
	ctx, cancel := context.WithTimeout(ctx, startAllowance+maxSlowness*duration)
	defer cancel()
	arguments, err := encodeArguments(job, sourcePath)
	if err != nil {
		return "", nil, err
	}
	err = ffmpeg.run(ctx, folder, arguments, func(line []byte) {
		if position, ok := parseProgress(line); ok {
			onProgress(min(1, float64(position)/float64(max(1, duration))))
		}
	})
	if err != nil {
		return "", nil, err
	}
	path := filepath.Join(folder, mediaName)
	result, err := readResult(filepath.Join(folder, playlistName), path)
	return path, result, err
}

func encodeArguments(job *pb.Job, sourcePath string) ([]string, error) {
	arguments := append([]string{"-hide_banner", "-v", "error", "-nostdin", "-nostats", "-progress", "pipe:1", "-y"}, input(sourcePath, job.Demuxer)...)
	switch spec := job.Spec.(type) {
	case *pb.Job_Video:
		video, peak := videoArguments(spec.Video)
		return append(append(arguments, video...), output(job, peak)...), nil
	case *pb.Job_Audio:
		audio := audioArguments(spec.Audio)
		return append(append(arguments, audio...), output(job, int64(spec.Audio.BitrateBps))...), nil
	}
	return nil, fmt.Errorf("unknown kind of job %T", job.Spec)
}

func videoArguments(video *pb.VideoSpec) (arguments []string, peakBps int64) {
	peakBps = int64(math.Round(float64(video.BitrateBps) * peakToAverage))
	filters := []string{
		"bwdif=mode=send_frame:deint=interlaced",
		// All renditions start at 0: the first frame of a video track that starts later is repeated.
		fmt.Sprintf("fps=fps=%d/%d:start_time=0", video.FrameRateNumerator, video.FrameRateDenominator),
		fmt.Sprintf("scale=%d:%d:flags=bicubic", video.Width, video.Height),
		"setsar=1",
		"format=yuv420p",
	}
	fps := float64(video.FrameRateNumerator) / float64(video.FrameRateDenominator)
	return []string{
		"-map", "0:V:0", "-an", "-vf", strings.Join(filters, ","),
		"-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-level:v", fmt.Sprintf("%.1f", float64(video.Level)/10),
		"-b:v", text(int64(video.BitrateBps)), "-maxrate", text(peakBps), "-bufsize", text(2 * peakBps),
		// Twice the segment duration, so that only -force_key_frames ends a group of pictures, at the same times in all
		// renditions.
		"-g", text(int64(math.Ceil(fps * segmentSeconds * 2))), "-sc_threshold", "0",
		"-force_key_frames", fmt.Sprintf("expr:gte(t,n_forced*%d)", segmentSeconds),
		// Otherwise the first frame would be shown two frames late.
		"-avoid_negative_ts", "disabled",
	}, peakBps
}

func audioArguments(audio *pb.AudioSpec) []string {
	filters := []string{
		fmt.Sprintf("aresample=%d:async=1:first_pts=0", sampleRateHz),
		fmt.Sprintf("atrim=start_sample=%d", aacPrimingSamples),
		"asetpts=PTS-STARTPTS",
	}
	return []string{
		"-map", "0:a:0", "-vn", "-af", strings.Join(filters, ","),
		"-c:a", "aac", "-b:a", text(int64(audio.BitrateBps)), "-ac", text(int64(audio.Channels)), "-ar", text(sampleRateHz),
		// Players interpret audio edit lists differently.
		"-hls_segment_options", "use_editlist=0",
	}
}

// output limits the duration and the size. Only a source with a wrong duration reaches these limits.
func output(job *pb.Job, peakBps int64) []string {
	maxMs := job.DurationMs + extraDuration.Milliseconds()
	maxBytes := 4<<20 + int64(math.Ceil(float64(2*peakBps*maxMs)/8_000))
	return []string{
		"-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1",
		"-t", fmt.Sprintf("%.3f", float64(maxMs)/1000), "-fs", text(maxBytes),
		"-f", "hls", "-hls_time", text(segmentSeconds), "-hls_list_size", "0", "-hls_playlist_type", "vod",
		"-hls_segment_type", "fmp4", "-hls_flags", "single_file",
		"-hls_segment_filename", mediaName, playlistName,
	}
}

func text(number int64) string { return strconv.FormatInt(number, 10) }

// parseProgress parses a line of ffmpeg's -progress output.
func parseProgress(line []byte) (time.Duration, bool) {
	value, found := strings.CutPrefix(strings.TrimSpace(string(line)), "out_time_us=")
	microseconds, err := strconv.ParseInt(value, 10, 64)
	return time.Duration(microseconds) * time.Microsecond, found && err == nil && microseconds >= 0
}

// readResult requires that the playlist lists every byte of the file. Otherwise players would request missing bytes.
func readResult(playlistPath, mediaPath string) (*pb.RenditionResult, error) {
	playlist, err := os.ReadFile(playlistPath)
	if err != nil {
		return nil, err
	}
	result, err := parsePlaylist(string(playlist))
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(mediaPath)
	if err != nil {
		return nil, err
	}
	if info.Size() != result.SizeBytes {
		return nil, errors.New("the playlist does not list every byte of the file")
	}
	return result, nil
}
