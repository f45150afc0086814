import { framesPerSecond, type FrameRate } from '../ladder/frame-rate.js';
import { quote, requireSingleLine } from './attribute.js';

export interface VideoVariant {
  /** The URI of the media playlist, absolute or relative to the master playlist. */
  readonly uri: string;
  /** Peak of the video without audio: see peakBandwidthBps. */
  readonly bandwidthBps: number;
  readonly averageBandwidthBps: number;
  readonly width: number;
  readonly height: number;
  readonly frameRate: FrameRate;
  /** `avc1.64001F`: see videoCodecs. */
  readonly codecs: string;
}

/** The audio rendition that all variants share. */
export interface AudioTrack {
  /** The URI of the media playlist, absolute or relative to the master playlist. */
  readonly uri: string;
  readonly bandwidthBps: number;
  readonly averageBandwidthBps: number;
  readonly channels: number;
  /** `mp4a.40.2`. */
  readonly codecs: string;
}

export interface MasterPlaylist {
  /** Players start with the first one. */
  readonly videos: readonly VideoVariant[];
  readonly audio?: AudioTrack | undefined;
}

const AUDIO_GROUP = 'audio';

/**
 * Creates the master playlist of an asset: one variant per video rendition, all with the same audio rendition, if there is
 * one. The bandwidth of a variant includes its audio.
 *
 * @throws RangeError if a URI is not valid in a playlist
 * @see RFC 8216 sections 4.3.4.1 (renditions) and 4.3.4.2 (variants)
 */
export function masterPlaylist({ videos, audio }: MasterPlaylist): string {
  const rows = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...(audio ? [`#EXT-X-MEDIA:${audioAttributes(audio)}`] : []),
    ...videos.flatMap((video) => [`#EXT-X-STREAM-INF:${videoAttributes(video, audio)}`, requireSingleLine(video.uri)]),
  ];
  return `${rows.join('\n')}\n`;
}

function audioAttributes({ uri, channels }: AudioTrack): string {
  return [
    'TYPE=AUDIO',
    `GROUP-ID=${quote(AUDIO_GROUP)}`,
    `NAME=${quote('Original')}`,
    'DEFAULT=YES',
    'AUTOSELECT=YES',
    `CHANNELS=${quote(String(channels))}`,
    `URI=${quote(uri)}`,
  ].join(',');
}

function videoAttributes(video: VideoVariant, audio: AudioTrack | undefined): string {
  const codecs = audio ? `${video.codecs},${audio.codecs}` : video.codecs;
  return [
    `BANDWIDTH=${video.bandwidthBps + (audio?.bandwidthBps ?? 0)}`,
    `AVERAGE-BANDWIDTH=${video.averageBandwidthBps + (audio?.averageBandwidthBps ?? 0)}`,
    `CODECS=${quote(codecs)}`,
    `RESOLUTION=${video.width}x${video.height}`,
    `FRAME-RATE=${framesPerSecond(video.frameRate).toFixed(3)}`,
    ...(audio ? [`AUDIO=${quote(AUDIO_GROUP)}`] : []),
  ].join(',');
}
