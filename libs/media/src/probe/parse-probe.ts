import type { FrameRate } from '../ladder/frame-rate.js';
import { chooseFrameRate } from './choose-frame-rate.js';
import { parseProbeJson, type ProbedStream } from './probe-json.js';
import { displaySize } from './display-size.js';

/** The properties of a source according to its headers. */
export interface SourceProbe {
  /** Integer milliseconds. Undefined if the header does not contain the duration: see measureArguments. */
  readonly durationMs: number | undefined;
  /** Display size, with rotation and sample aspect ratio applied. */
  readonly width: number;
  readonly height: number;
  /** Size in the file. */
  readonly storedWidth: number;
  readonly storedHeight: number;
  readonly frameRate: FrameRate;
  readonly hasVariableFrameRate: boolean;
  /** ffmpeg's name of the codec: `h264`. */
  readonly videoCodec: string;
  readonly hasAudio: boolean;
  readonly streamCount: number;
}

/** not-media: ffprobe found no streams. no-video: only audio, images, or text. no-video-size: a damaged header. */
export type UnreadableReason = 'not-media' | 'no-video' | 'no-video-size';

export type ProbeOutcome =
  | { readonly isReadable: true; readonly source: SourceProbe }
  | { readonly isReadable: false; readonly reason: UnreadableReason };

/**
 * Parses the output of ffprobe for probeArguments. Cover images do not count as video. Never throws: for some damaged
 * files, ffprobe exits with code 1 and writes incomplete JSON, which means the same as no output.
 */
export function parseProbe(json: string): ProbeOutcome {
  const probed = parseProbeJson(json);
  if (!probed) return { isReadable: false, reason: 'not-media' };
  const video = probed.streams.find((stream) => stream.codec_type === 'video' && !stream.disposition?.attached_pic);
  if (!video?.codec_name) return { isReadable: false, reason: 'no-video' };
  const size = displaySize(video);
  if (!size) return { isReadable: false, reason: 'no-video-size' };
  const source: SourceProbe = {
    durationMs: toDurationMs(probed.format?.duration ?? video.duration),
    ...size,
    ...chooseFrameRate(video.r_frame_rate, video.avg_frame_rate),
    videoCodec: video.codec_name,
    hasAudio: probed.streams.some(isDecodableAudio),
    streamCount: probed.format?.nb_streams ?? probed.streams.length,
  };
  return { isReadable: true, source };
}

function isDecodableAudio({ codec_type, codec_name }: ProbedStream): boolean {
  return codec_type === 'audio' && codec_name !== undefined && codec_name !== 'unknown';
}

function toDurationMs(seconds: string | undefined): number | undefined {
  const ms = Math.round(Number(seconds) * 1000);
  return ms > 0 ? ms : undefined;
}
