/** The URIs of the media playlists of a master playlist (RFC 8216). */
export interface MediaPlaylistUris {
  readonly video: readonly string[];
  readonly audio: readonly string[];
}

export function parseMediaPlaylistUris(master: string): MediaPlaylistUris {
  const lines = toLines(master);
  const audio = lines.flatMap((line) => (line.startsWith('#EXT-X-MEDIA:') ? parseAttribute(line, 'URI') : []));
  const video = lines.filter((_, index) => lines[index - 1]?.startsWith('#EXT-X-STREAM-INF:'));
  return { video, audio };
}

/** The byte range of a rendition's first segment. */
export interface FirstSegment {
  readonly uri: string;
  readonly offset: number;
  readonly length: number;
}

/** @returns undefined if the media playlist has no segment with a byte range */
export function findFirstSegment(media: string): FirstSegment | undefined {
  const lines = toLines(media);
  const range = lines.map((line) => /^#EXT-X-BYTERANGE:(\d+)@(\d+)$/.exec(line)).find((match) => match !== null);
  const uri = lines.find((line) => line !== '' && !line.startsWith('#'));
  if (range === undefined || range === null || uri === undefined) return undefined;
  return { uri, length: Number(range[1]), offset: Number(range[2]) };
}

function toLines(playlist: string): string[] {
  if (!playlist.startsWith('#EXTM3U')) throw new Error('The response is not a playlist.');
  return playlist.split(/\r?\n/);
}

function parseAttribute(line: string, name: string): string[] {
  const value = new RegExp(`[:,]${name}="([^"]*)"`).exec(line)?.[1];
  return value === undefined ? [] : [value];
}
