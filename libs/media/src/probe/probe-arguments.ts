import type { Demuxer } from './demuxer.js';

const STREAM_FIELDS = [
  'index',
  'codec_type',
  'codec_name',
  'width',
  'height',
  'sample_aspect_ratio',
  'r_frame_rate',
  'avg_frame_rate',
  'duration',
];
const ENTRIES = [
  'format=duration,nb_streams',
  `stream=${STREAM_FIELDS.join(',')}`,
  'stream_disposition=attached_pic',
  'stream_side_data=side_data_type,rotation',
].join(':');

/** Returns the arguments that open a local file of a known format: no network, no other file, no format detection. */
export function inputArguments(sourcePath: string, demuxer: Demuxer): string[] {
  return ['-protocol_whitelist', 'file,pipe', '-f', demuxer, '-i', `file:${sourcePath}`];
}

/** Returns the ffprobe arguments whose output parseProbe parses. */
export function probeArguments(sourcePath: string, demuxer: Demuxer): string[] {
  return [
    ...['-hide_banner', '-v', 'error', '-show_entries', ENTRIES, '-of', 'json'],
    ...inputArguments(sourcePath, demuxer),
  ];
}

/**
 * Returns the ffmpeg arguments that read a source without decoding it, for a source whose header does not contain its
 * duration (recordings by browsers). The last position that parseProgress returns is the duration.
 */
export function measureArguments(sourcePath: string, demuxer: Demuxer): string[] {
  return [
    ...['-hide_banner', '-v', 'error', '-nostdin', '-nostats', '-progress', 'pipe:1'],
    ...inputArguments(sourcePath, demuxer),
    ...['-map', '0:V:0', '-c', 'copy', '-f', 'null', '-'],
  ];
}
