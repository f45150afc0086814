import { config } from '../config.js';
import { requireBody, get } from './http.js';

/** One rung or the audio of a master playlist (RFC 8216 section 4.3.4). */
export interface Variant {
  readonly kind: 'video' | 'audio';
  readonly url: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The fields of a media playlist that the tests use (RFC 8216 section 4.3.3). */
export interface MediaPlaylist {
  readonly mediaUrls: readonly string[];
  readonly initSegment: { readonly length: number; readonly offset: number };
  readonly segments: readonly { readonly durationSeconds: number; readonly length: number; readonly offset: number }[];
  readonly hasEnd: boolean;
}

export async function readPlaylist(url: string): Promise<string> {
  const response = await get<string>(url);
  const text = requireBody(response, 200);
  expect(response.headers.get('content-type')).toMatch(/^application\/vnd\.apple\.mpegurl/);
  expect(text).toMatch(/^#EXTM3U\n/);
  return text;
}

export function parseMaster(playlist: string, playlistUrl: string): Variant[] {
  const base = new URL(playlistUrl, config.edgeUrl);
  const lines = playlist.split('\n');
  return lines.flatMap((line, index): Variant[] => {
    if (line.startsWith('#EXT-X-STREAM-INF:')) {
      return [{ kind: 'video', url: new URL(lines[index + 1] ?? '', base).href, attributes: parseAttributes(line) }];
    }
    if (line.startsWith('#EXT-X-MEDIA:')) {
      const attributes = parseAttributes(line);
      return [{ kind: 'audio', url: new URL(attributes['URI'] ?? '', base).href, attributes }];
    }
    return [];
  });
}

export function parseMedia(playlist: string, playlistUrl: string): MediaPlaylist {
  const base = new URL(playlistUrl, config.edgeUrl);
  const lines = playlist.split('\n').map((line) => line.trim());
  const map = parseAttributes(lines.find((line) => line.startsWith('#EXT-X-MAP:')) ?? '');
  const mediaUrls = new Set([new URL(map['URI'] ?? '', base).href]);
  const segments: { durationSeconds: number; length: number; offset: number }[] = [];
  let durationSeconds = 0;
  let range = { length: 0, offset: 0 };
  for (const line of lines) {
    if (line.startsWith('#EXTINF:')) durationSeconds = Number.parseFloat(line.slice('#EXTINF:'.length));
    if (line.startsWith('#EXT-X-BYTERANGE:')) range = parseRange(line.slice('#EXT-X-BYTERANGE:'.length), range);
    if (line !== '' && !line.startsWith('#')) {
      mediaUrls.add(new URL(line, base).href);
      segments.push({ durationSeconds, ...range });
    }
  }
  return {
    mediaUrls: [...mediaUrls],
    initSegment: parseRange(map['BYTERANGE'] ?? '', { length: 0, offset: 0 }),
    segments,
    hasEnd: lines.includes('#EXT-X-ENDLIST'),
  };
}

/** Parses `length[@offset]`. Without an offset, the range starts at the end of the previous one. */
function parseRange(text: string, previous: { length: number; offset: number }): { length: number; offset: number } {
  const [length, offset] = text.split('@');
  return { length: Number(length), offset: offset === undefined ? previous.offset + previous.length : Number(offset) };
}

function parseAttributes(line: string): Record<string, string> {
  const pairs = line.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^",]*)/g);
  return Object.fromEntries([...pairs].map(([, name = '', value = '']) => [name, value.replace(/^"|"$/g, '')]));
}
