import type { FrameRate } from '../ladder/frame-rate.js';
import { chooseFrameRate } from './choose-frame-rate.js';
import { readProbeJson, type ProbedStream } from './probe-json.js';
import { displaySize } from './display-size.js';

/** A source that can be read, as far as its headers tell. */
export interface SourceProbe {
  /** Whole milliseconds; undefined where the header does not say (see measureArguments). */
  readonly durationMs: number | undefined;
  /** As shown: rotation and sample aspect ratio applied. */
  readonly width: number;
  readonly height: number;
  /** As stored. */
  readonly storedWidth: number;
  readonly storedHeight: number;
  readonly frameRate: FrameRate;
  readonly hasVariableFrameRate: boolean;
  /** ffmpeg's name: `h264`. */
  readonly videoCodec: string;
  readonly hasAudio: boolean;
  readonly streamCount: number;
}

/** not-media: ffprobe made nothing of it; no-video: sound, pictures or text only; no-picture-size: a broken header. */
export type UnreadableReason = 'not-media' | 'no-video' | 'no-picture-size';

export type ProbeOutcome =
  | { readonly isReadable: true; readonly source: SourceProbe }
  | { readonly isReadable: false; readonly reason: UnreadableReason };

/**
 * Reads what ffprobe wrote for probeArguments. Cover pictures do not count as video. Never throws: for some broken files
 * ffprobe ends with 1 and writes half an object, which is as unreadable as no output.
 */
export function parseProbe(json: string): ProbeOutcome {
  const probed = readProbeJson(json);
  if (!probed) return { isReadable: false, reason: 'not-media' };
  const video = probed.streams.find((stream) => stream.codec_type === 'video' && !stream.disposition?.attached_pic);
  if (!video?.codec_name) return { isReadable: false, reason: 'no-video' };
  const size = displaySize(video);
  if (!size) return { isReadable: false, reason: 'no-picture-size' };
  const source: SourceProbe = {
    durationMs: durationMs(probed.format?.duration ?? video.duration),
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

function durationMs(seconds: string | undefined): number | undefined {
  const ms = Math.round(Number(seconds) * 1000);
  return ms > 0 ? ms : undefined;
}
