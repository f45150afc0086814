/** A content coding of RFC 9110 section 8.4.1, `br` (RFC 7932) or `zstd` (RFC 8878). `identity` is uncompressed. */
export type Encoding = 'br' | 'zstd' | 'gzip' | 'identity';

/** Returns the entity tag of the same content in an encoding. */
export function toEncodedTag(etag: string, encoding: Encoding): string {
  return encoding === 'identity' ? etag : etag.replace(/"$/, `-${encoding}"`);
}

/** In order of preference among those with equal q-values. */
export const ENCODINGS: readonly Encoding[] = ['br', 'zstd', 'gzip', 'identity'];

/** A coding or `*`, and optionally its weight (RFC 9110 section 12.4.2). */
const ELEMENT = /^([\w!#$%&'*+.^`|~-]+)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i;

/** Clients send few distinct headers. The limits protect against those that generate them. */
const MAX_CACHED_HEADERS = 64;
const MAX_HEADER_LENGTH = 200;

const selected = new Map<string, Encoding>();

/**
 * Selects the encoding of a response by the client's q-values (RFC 9110 section 12.5.3). Without the header, or if the
 * client accepts none of the encodings, the response is not encoded.
 *
 * @param acceptEncoding value of the request header `Accept-Encoding`
 */
export function selectEncoding(acceptEncoding: string | undefined): Encoding {
  if (!acceptEncoding || acceptEncoding.length > MAX_HEADER_LENGTH) return 'identity';
  const cached = selected.get(acceptEncoding);
  if (cached) return cached;
  const encoding = negotiate(acceptEncoding);
  if (selected.size < MAX_CACHED_HEADERS) selected.set(acceptEncoding, encoding);
  return encoding;
}

function negotiate(acceptEncoding: string): Encoding {
  const weights = parseWeights(acceptEncoding);
  const weightOf = (encoding: Encoding): number => weights.get(encoding) ?? weights.get('*') ?? 0;
  // The sort is stable, so that the order of preference decides among equal weights.
  const [best = 'identity'] = ENCODINGS.filter((encoding) => weightOf(encoding) > 0).sort(
    (a, b) => weightOf(b) - weightOf(a),
  );
  return best;
}

/** Ignores invalid elements. */
function parseWeights(acceptEncoding: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const element of acceptEncoding.split(',')) {
    const [, name, weight = '1'] = ELEMENT.exec(element.trim()) ?? [];
    if (name !== undefined) weights.set(name.toLowerCase(), Number(weight));
  }
  return weights;
}
