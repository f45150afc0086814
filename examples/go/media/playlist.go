package media

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	pb "viernes.example/transcoder/transcodepb"
)

// parsePlaylist parses the playlist that ffmpeg writes for one file: RFC 8216 sections 4.3.2.1, 4.3.2.2 and 4.3.2.5. It
// fails unless the ranges are contiguous from byte 0.
func parsePlaylist(text string) (*pb.RenditionResult, error) {
	result := &pb.RenditionResult{}
	var durationUs int64
	isFinished := false
	appendRange := func(attribute string) (*pb.ByteRange, error) {
		var length, offset int64
		if _, err := fmt.Sscanf(attribute, "%d@%d", &length, &offset); err != nil {
			return nil, fmt.Errorf("invalid byte range %q", attribute)
		}
		if offset != result.SizeBytes || length <= 0 {
			return nil, fmt.Errorf("a gap in the playlist at byte %d", result.SizeBytes)
		}
		result.SizeBytes += length
		return &pb.ByteRange{Offset: offset, Length: length}, nil
	}
	for line := range strings.Lines(text) {
		tag, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		var err error
		switch tag {
		case "#EXT-X-MAP":
			_, attribute, _ := strings.Cut(value, `BYTERANGE="`)
			result.InitSegment, err = appendRange(attribute)
		case "#EXTINF":
			seconds, parseError := strconv.ParseFloat(strings.TrimSuffix(value, ","), 64)
			durationUs, err = int64(math.Round(seconds*1_000_000)), parseError
		case "#EXT-X-BYTERANGE":
			var bytes *pb.ByteRange
			bytes, err = appendRange(value)
			result.Segments = append(result.Segments, &pb.Segment{DurationUs: durationUs, ByteRange: bytes})
		case "#EXT-X-ENDLIST":
			isFinished = true
		}
		if err != nil {
			return nil, err
		}
	}
	if !isFinished || result.InitSegment == nil || len(result.Segments) == 0 {
		return nil, errors.New("the playlist is not finished")
	}
	return result, nil
}
