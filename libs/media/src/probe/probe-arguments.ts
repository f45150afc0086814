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

/** What opens a local file of a known format, and nothing else: no network, no other file, no guessing. */
export function inputArguments(sourcePath: string, demuxer: Demuxer): string[] {
  return ['-protocol_whitelist', 'file,pipe', '-f', demuxer, '-i', `file:${sourcePath}`];
}

/** Arguments of ffprobe that answer what parseProbe reads, on standard output. */
export function probeArguments(sourcePath: string, demuxer: Demuxer): string[] {
  return [
    ...['-hide_banner', '-v', 'error', '-show_entries', ENTRIES, '-of', 'json'],
    ...inputArguments(sourcePath, demuxer),
  ];
}

/**
 * Arguments of ffmpeg that walk through a source without decoding it, for one whose header does not say how long it is
 * (a browser's own recordings). The last position that parseProgress reads from standard output is the duration.
 */
export function measureArguments(sourcePath: string, demuxer: Demuxer): string[] {
  return [
    ...['-hide_banner', '-v', 'error', '-nostdin', '-nostats', '-progress', 'pipe:1'],
    ...inputArguments(sourcePath, demuxer),
    ...['-map', '0:V:0', '-c', 'copy', '-f', 'null', '-'],
  ];
}
