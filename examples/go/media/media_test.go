package media

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/encoding/prototext"

	pb "viernes.example/transcoder/transcodepb"
)

func TestSniffDetectsSupportedFormats(t *testing.T) {
	for start, expected := range map[string]string{
		"\x00\x00\x00\x20ftypisom0000":            "mov",
		"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x00000": "matroska",
		"#EXTM3U\n#EXT-X-VERSION:3":               "",
		"ffconcat version 1.0":                    "",
		"short":                                   "",
	} {
		path := filepath.Join(t.TempDir(), "source")
		if err := os.WriteFile(path, []byte(start), 0o600); err != nil {
			t.Fatal(err)
		}
		demuxer, err := sniff(path)
		var source *SourceError
		if demuxer != expected || (expected == "") != errors.As(err, &source) {
			t.Errorf("sniff(%q) = %q, %v", start, demuxer, err)
		}
	}
}

const videoJSON = `{"codec_type": "video", "codec_name": "h264", "width": 1280, "height": 720, "r_frame_rate": "24/1", "avg_frame_rate": "24/1"`

func TestParseProbe(t *testing.T) {
	for name, test := range map[string]struct{ streams, expected string }{
		"a regular source": {
			videoJSON + `}, {"codec_type": "audio", "codec_name": "aac"}`,
			`width: 1280 height: 720 frame_rate_numerator: 24 frame_rate_denominator: 1 has_audio: true`,
		},
		"a cover image before the video": {
			`{"codec_type": "video", "codec_name": "mjpeg", "width": 9, "height": 9, "disposition": {"attached_pic": 1}}, ` + videoJSON + `}`,
			`width: 1280 height: 720 frame_rate_numerator: 24 frame_rate_denominator: 1`,
		},
		"a rotation": {
			videoJSON + `, "side_data_list": [{}, {"rotation": -90}]}`,
			`width: 720 height: 1280 frame_rate_numerator: 24 frame_rate_denominator: 1`,
		},
		"pixels that are not square": {
			videoJSON + `, "sample_aspect_ratio": "3:2"}`,
			`width: 1920 height: 720 frame_rate_numerator: 24 frame_rate_denominator: 1`,
		},
		"a variable frame rate": {
			strings.ReplaceAll(videoJSON, `"r_frame_rate": "24/1", "avg_frame_rate": "24/1"`, `"r_frame_rate": "90000/1", "avg_frame_rate": "17300/1000"`) + `}`,
			`width: 1280 height: 720 frame_rate_numerator: 24000 frame_rate_denominator: 1001`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			result, err := parseProbe([]byte(`{"streams": [`+test.streams+`], "format": {"duration": "30.022", "nb_streams": 2}}`), "mov")
			if err != nil {
				t.Fatal(err)
			}
			expected := &pb.ProbeResult{}
			if err := prototext.Unmarshal([]byte(test.expected), expected); err != nil {
				t.Fatal(err)
			}
			expected.Demuxer, expected.VideoCodec, expected.DurationMs = "mov", "h264", 30_022
			if result.String() != expected.String() {
				t.Errorf("got %v, expected %v", result, expected)
			}
		})
	}
}

func TestParseProbeRejectsSources(t *testing.T) {
	for output, code := range map[string]string{
		`{`: "SOURCE_UNREADABLE",
		`{"streams": [{"codec_type": "audio", "codec_name": "aac"}]}`:                           "SOURCE_UNREADABLE",
		`{"streams": [` + videoJSON + `}], "format": {"duration": "14400.001"}}`:                "SOURCE_LIMIT_EXCEEDED",
		`{"streams": [` + videoJSON + `, "sample_aspect_ratio": "9:1"}]}`:                       "SOURCE_LIMIT_EXCEEDED",
		`{"streams": [` + videoJSON + `}], "format": {"nb_streams": 17, "duration": "30.000"}}`: "SOURCE_LIMIT_EXCEEDED",
	} {
		_, err := parseProbe([]byte(output), "mov")
		var source *SourceError
		if !errors.As(err, &source) || source.Code != code {
			t.Errorf("parseProbe(%s) returned %v instead of %s", output, err, code)
		}
	}
}

func TestParsePlaylist(t *testing.T) {
	const playlist = "#EXTM3U\n#EXT-X-MAP:URI=\"rendition.mp4\",BYTERANGE=\"800@0\"\n" +
		"#EXTINF:4.000000,\n#EXT-X-BYTERANGE:1000@800\nrendition.mp4\n" +
		"#EXTINF:1.500000,\n#EXT-X-BYTERANGE:500@1800\nrendition.mp4\n#EXT-X-ENDLIST\n"
	result, err := parsePlaylist(playlist)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Segments) != 2 || result.SizeBytes != 2300 || result.Segments[1].DurationUs != 1_500_000 ||
		result.Segments[1].ByteRange.Offset != 1800 || result.InitSegment.Length != 800 {
		t.Errorf("unexpected result: %v", result)
	}
	for reason, damaged := range map[string]string{
		"unfinished": strings.Replace(playlist, "#EXT-X-ENDLIST", "", 1),
		"a gap":      strings.Replace(playlist, "500@1800", "500@1801", 1),
		"no map":     strings.Replace(playlist, "#EXT-X-MAP", "#EXT-X-OTHER", 1),
	} {
		if _, err := parsePlaylist(damaged); err == nil {
			t.Errorf("accepted a playlist with %s", reason)
		}
	}
}

// script creates a shell script that replaces ffmpeg.
func script(t *testing.T, body string) Tool {
	path := filepath.Join(t.TempDir(), "tool")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return Tool(path)
}

func TestRunPassesLinesAndNoEnvironment(t *testing.T) {
	t.Setenv("SECRET", "secret")
	var lines []string
	err := script(t, `echo "$1"; echo "[$SECRET]"`).run(t.Context(), t.TempDir(), []string{"$HOME; it's"}, func(line []byte) {
		lines = append(lines, string(line))
	})
	if err != nil || strings.Join(lines, "|") != "$HOME; it's|[]" {
		t.Errorf("got %q, %v", lines, err)
	}
}

func TestRunKillsTheToolAndItsChildren(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	reason := errors.New("not needed")
	err := script(t, "echo started; sleep 1000 & sleep 1000").run(ctx, t.TempDir(), nil, func([]byte) { cancel(reason) })
	if !errors.Is(err, reason) {
		t.Errorf("got %v", err)
	}
}

func TestParseProgress(t *testing.T) {
	if position, ok := parseProgress([]byte("out_time_us=1500000")); !ok || position != 1500*time.Millisecond {
		t.Errorf("got %v, %v", position, ok)
	}
	// out_time_ms is in microseconds, too. ffmpeg reports N/A before the first frame.
	for _, line := range []string{"out_time_ms=1500000", "out_time_us=N/A", "progress=end"} {
		if _, ok := parseProgress([]byte(line)); ok {
			t.Errorf("parsed %s", line)
		}
	}
}
