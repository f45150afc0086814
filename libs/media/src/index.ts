export { AUDIO_RENDITION, planLadder, type AudioRendition, type LadderSource, type Rung } from './ladder/ladder.js';
export { type FrameRate } from './ladder/frame-rate.js';
export { findLimitViolation, SOURCE_LIMITS, type LimitViolation, type SourceLimits } from './probe/source-limits.js';
export { DEMUXERS, isDemuxer, SNIFF_BYTES, sniffDemuxer, type Demuxer } from './probe/demuxer.js';
export { measureArguments, probeArguments } from './probe/probe-arguments.js';
export { parseProbe, type ProbeOutcome, type SourceProbe, type UnreadableReason } from './probe/parse-probe.js';
export {
  audioArguments,
  maxRenditionBytes,
  parseProgress,
  videoArguments,
  type AudioEncoding,
  type EncodeJob,
  type VideoEncoding,
} from './encode/encode-arguments.js';
export { parseSingleFilePlaylist, type SingleFilePlaylist } from './playlist/parse-playlist.js';
export { mediaPlaylist, type MediaPlaylist } from './playlist/media-playlist.js';
export { masterPlaylist, type AudioTrack, type MasterPlaylist, type VideoVariant } from './playlist/master-playlist.js';
export { averageBandwidthBps, peakBandwidthBps } from './playlist/bandwidth.js';
export { type ByteRange, type MediaSegment } from './playlist/segment.js';
