/** The addresses in a master playlist (RFC 8216): media playlists of pictures and sound, as written there. */
export function playlistUris(master: string): string[] {
  const lines = linesOf(master);
  const sounds = lines.flatMap((line) => (line.startsWith('#EXT-X-MEDIA:') ? attribute(line, 'URI') : []));
  const pictures = lines.filter((line, index) => lines[index - 1]?.startsWith('#EXT-X-STREAM-INF:'));
  return [...pictures, ...sounds];
}

/** The bytes of a rendition's first segment. */
export interface FirstSegment {
  readonly uri: string;
  readonly offset: number;
  readonly length: number;
}

/** @returns undefined where the media playlist has no segment that is a range of bytes */
export function firstSegment(media: string): FirstSegment | undefined {
  const lines = linesOf(media);
  const range = lines.map((line) => /^#EXT-X-BYTERANGE:(\d+)@(\d+)$/.exec(line)).find((match) => match !== null);
  const uri = lines.find((line) => line !== '' && !line.startsWith('#'));
  if (range === undefined || range === null || uri === undefined) return undefined;
  return { uri, length: Number(range[1]), offset: Number(range[2]) };
}

function linesOf(playlist: string): string[] {
  if (!playlist.startsWith('#EXTM3U')) throw new Error('what was answered is no playlist');
  return playlist.split(/\r?\n/);
}

function attribute(line: string, name: string): string[] {
  const value = new RegExp(`[:,]${name}="([^"]*)"`).exec(line)?.[1];
  return value === undefined ? [] : [value];
}
