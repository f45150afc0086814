package media

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"time"

	pb "viernes.example/transcoder/transcodepb"
)

const probeTimeout = 5 * time.Minute

// SourceError is an error of the source itself: another attempt would fail in the same way.
type SourceError struct {
	// Code is SOURCE_UNREADABLE or SOURCE_LIMIT_EXCEEDED.
	Code   string
	Reason string
}

func (e *SourceError) Error() string { return e.Code + ": " + e.Reason }

func unreadable(reason string) error { return &SourceError{Code: "SOURCE_UNREADABLE", Reason: reason} }

// probed is the JSON output of ffprobe.
type probed struct {
	Streams []stream `json:"streams"`
	Format  struct {
		Duration    string `json:"duration"`
		StreamCount int    `json:"nb_streams"`
	} `json:"format"`
}

type stream struct {
	Type        string `json:"codec_type"`
	Codec       string `json:"codec_name"`
	Width       int32  `json:"width"`
	Height      int32  `json:"height"`
	PixelAspect string `json:"sample_aspect_ratio"`
	// The lowest rate that represents all timestamps, and the mean of all frames.
	LowestRate  string `json:"r_frame_rate"`
	AverageRate string `json:"avg_frame_rate"`
	Duration    string `json:"duration"`
	Disposition struct {
		CoverImage int `json:"attached_pic"`
	} `json:"disposition"`
	SideData []struct {
		Rotation float64 `json:"rotation"`
	} `json:"side_data_list"`
}

const entries = "format=duration,nb_streams:" +
	"stream=codec_type,codec_name,width,height,sample_aspect_ratio,r_frame_rate,avg_frame_rate,duration:" +
	"stream_disposition=attached_pic:stream_side_data=side_data_type,rotation"

// Probe determines the format and the properties of a source from its bytes. It ignores the file name.
func Probe(ctx context.Context, ffprobe, ffmpeg Tool, sourcePath, folder string) (*pb.ProbeResult, error) {
	demuxer, err := sniff(sourcePath)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	var output bytes.Buffer
	arguments := append([]string{"-hide_banner", "-v", "error", "-show_entries", entries, "-of", "json"}, input(sourcePath, demuxer)...)
	err = ffprobe.run(ctx, folder, arguments, func(line []byte) { output.Write(line) })
	// A tool that does not start, or that was killed, proves nothing about the source.
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Exited() {
		return nil, unreadable(err.Error())
	}
	if err != nil {
		return nil, err
	}
	result, err := parseProbe(output.Bytes(), demuxer)
	if err != nil || result.DurationMs > 0 {
		return result, err
	}
	// Recordings by browsers have no duration in their header: read the file without decoding it.
	measure := append([]string{"-hide_banner", "-v", "error", "-nostdin", "-nostats", "-progress", "pipe:1"}, input(sourcePath, demuxer)...)
	measure = append(measure, "-map", "0:V:0", "-c", "copy", "-f", "null", "-")
	err = ffmpeg.run(ctx, folder, measure, func(line []byte) {
		if position, ok := parseProgress(line); ok {
			result.DurationMs = position.Milliseconds()
		}
	})
	if err != nil {
		return nil, err
	}
	return result, checkDuration(result.DurationMs)
}

// sniff detects the format from the first bytes. ffmpeg's detection would also open playlists, which name other files.
func sniff(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	first := make([]byte, 12)
	if _, err := io.ReadFull(file, first); err != nil {
		return "", unreadable("the file has less than 12 bytes")
	}
	// The EBML header of Matroska and WebM, RFC 8794 section 11.2.1.
	if bytes.HasPrefix(first, []byte{0x1a, 0x45, 0xdf, 0xa3}) {
		return "matroska", nil
	}
	// The first box of a QuickTime or MP4 file, ISO/IEC 14496-12 section 4.3.
	if slices.Contains([]string{"ftyp", "moov", "mdat", "wide", "free", "skip", "pnot"}, string(first[4:8])) {
		return "mov", nil
	}
	return "", unreadable("unknown format")
}

// input returns the arguments that open a local file of a known format, without access to the network and other files.
func input(path, demuxer string) []string {
	return []string{"-protocol_whitelist", "file,pipe", "-f", demuxer, "-i", "file:" + path}
}

func parseProbe(output []byte, demuxer string) (*pb.ProbeResult, error) {
	var source probed
	// For some damaged files, ffprobe writes incomplete JSON, which means the same as no streams.
	if err := json.Unmarshal(output, &source); err != nil || len(source.Streams) == 0 {
		return nil, unreadable("no streams")
	}
	index := slices.IndexFunc(source.Streams, func(s stream) bool { return s.Type == "video" && s.Disposition.CoverImage == 0 })
	if index < 0 || source.Streams[index].Codec == "" {
		return nil, unreadable("no video")
	}
	video := source.Streams[index]
	if video.Width <= 0 || video.Height <= 0 {
		return nil, unreadable("no video size")
	}
	width, height := displaySize(video)
	numerator, denominator := frameRate(video)
	result := &pb.ProbeResult{
		Demuxer:              demuxer,
		DurationMs:           toMs(source.Format.Duration, video.Duration),
		Width:                width,
		Height:               height,
		FrameRateNumerator:   numerator,
		FrameRateDenominator: denominator,
		VideoCodec:           video.Codec,
		HasAudio: slices.ContainsFunc(source.Streams, func(s stream) bool {
			return s.Type == "audio" && s.Codec != "" && s.Codec != "unknown"
		}),
	}
	if err := checkLimits(result, video, max(source.Format.StreamCount, len(source.Streams))); err != nil {
		return nil, err
	}
	if result.DurationMs == 0 {
		return result, nil
	}
	return result, checkDuration(result.DurationMs)
}

// displaySize applies the sample aspect ratio and the rotation.
func displaySize(video stream) (width, height int32) {
	width, height = video.Width, video.Height
	if across, down, ok := parseRatio(video.PixelAspect, ':'); ok {
		width = max(1, int32(math.Round(float64(width)*float64(across)/float64(down))))
	}
	for _, data := range video.SideData {
		if data.Rotation != 0 {
			if int(math.Abs(math.Round(data.Rotation/90)))%2 == 1 {
				return height, width
			}
			break
		}
	}
	return width, height
}

// Standard frame rates of cameras and editing software.
var common = [][2]int32{{10, 1}, {12, 1}, {15, 1}, {24_000, 1001}, {24, 1}, {25, 1}, {30_000, 1001}, {30, 1}}

// frameRate returns the rate of a stream with a constant rate, or its average, rounded up to a standard rate.
func frameRate(video stream) (numerator, denominator int32) {
	lowNumerator, lowDenominator, hasLowest := parseRatio(video.LowestRate, '/')
	numerator, denominator, hasAverage := parseRatio(video.AverageRate, '/')
	switch {
	case !hasAverage && !hasLowest:
		return 30, 1
	case !hasAverage:
		return lowNumerator, lowDenominator
	case !hasLowest:
		return numerator, denominator
	}
	average := float64(numerator) / float64(denominator)
	if lowest := float64(lowNumerator) / float64(lowDenominator); math.Abs(lowest/average-1) <= 0.01 {
		return lowNumerator, lowDenominator
	}
	for _, rate := range common {
		if float64(rate[0])/float64(rate[1]) >= average*0.99 {
			return rate[0], rate[1]
		}
	}
	return numerator, denominator
}

func parseRatio(text string, separator byte) (first, second int32, ok bool) {
	format := "%d" + string(separator) + "%d"
	count, _ := fmt.Sscanf(text, format, &first, &second)
	return first, second, count == 2 && first > 0 && second > 0
}

func toMs(texts ...string) int64 {
	for _, text := range texts {
		if seconds, err := strconv.ParseFloat(text, 64); err == nil && seconds > 0 {
			return int64(math.Round(seconds * 1000))
		}
	}
	return 0
}

// The limits of every source, see libs/media/src/probe/source-limits.ts.
func checkLimits(result *pb.ProbeResult, video stream, streamCount int) error {
	longest := max(result.Width, result.Height, video.Width, video.Height)
	shortest := min(result.Width, result.Height, video.Width, video.Height)
	aspect := float64(max(result.Width, result.Height)) / float64(min(result.Width, result.Height))
	fps := float64(result.FrameRateNumerator) / float64(result.FrameRateDenominator)
	return firstViolation(
		violation{streamCount > 16, "more than 16 streams"},
		violation{longest > 4096, "a side of more than 4096 pixels"},
		violation{shortest < 16, "a side of less than 16 pixels"},
		violation{aspect > 8, "an aspect ratio of more than 8"},
		violation{fps > 240, "more than 240 frames per second"},
	)
}

func checkDuration(durationMs int64) error {
	return firstViolation(
		violation{durationMs > (4 * time.Hour).Milliseconds(), "more than 4 hours"},
		violation{durationMs < 100, "less than 100 ms"},
	)
}

type violation struct {
	isExceeded bool
	reason     string
}

func firstViolation(violations ...violation) error {
	for _, violation := range violations {
		if violation.isExceeded {
			return &SourceError{Code: "SOURCE_LIMIT_EXCEEDED", Reason: violation.reason}
		}
	}
	return nil
}
