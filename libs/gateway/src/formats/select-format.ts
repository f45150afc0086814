import Negotiator from 'negotiator';

/** Only operations that declare CSV have it: see `selectRepresentation`. */
export type Format = 'json' | 'xml' | 'csv';

/** The order decides between types that a client accepts equally. Some clients also state the charset. */
const BODY_TYPES: Readonly<Record<string, Format>> = {
  'application/json': 'json',
  'application/json;charset=utf-8': 'json',
  'application/xml': 'xml',
  'application/xml;charset=utf-8': 'xml',
};

const CSV_TYPES: Readonly<Record<string, Format>> = { 'text/csv': 'csv', 'text/csv;charset=utf-8': 'csv' };

const PROBLEM_TYPES: Readonly<Record<string, Format>> = {
  'application/problem+json': 'json',
  'application/problem+xml': 'xml',
  ...BODY_TYPES,
};

/** A format that a client accepts, and its version if the media type states one. */
interface AcceptedFormat {
  readonly format: Format;
  /** Undefined: the version of the path. */
  readonly version?: number;
}

interface Preferences {
  /** The accepted formats of a body, best first. */
  readonly body: readonly AcceptedFormat[];
  /** An error is reported even if the client accepts no format of it. */
  readonly problem: Format;
}

const JSON_FIRST: Preferences = { body: [{ format: 'json' }, { format: 'xml' }], problem: 'json' };

const VERSIONED_TYPE = /application\/vnd\.viernes\.v(\d{1,3})\+(json|xml)/gi;

/** Clients send few distinct headers. The limits bound the memory if a client generates them. */
const MAX_CACHED_HEADERS = 64;
const MAX_HEADER_LENGTH = 500;

const cached = new Map<string, Preferences>();

/**
 * Lists the formats of a body that a client accepts by its q-values, best first (RFC 9110 section 12.5.1). Without the
 * header, JSON is the best.
 *
 * @param accept value of the request header `Accept`
 */
export function listAcceptedFormats(accept: string | undefined): readonly AcceptedFormat[] {
  return toPreferences(accept).body;
}

/** Selects the format of problem details by the same rules, and JSON if the client accepts none. */
export function selectProblemFormat(accept: string | undefined): Format {
  return toPreferences(accept).problem;
}

function toPreferences(accept: string | undefined): Preferences {
  // Almost all requests have one of these values, which need no lookup.
  if (!accept || accept === '*/*' || accept === 'application/json') return JSON_FIRST;
  // A browser that opens a page lists XML only because of XHTML, and shows JSON better.
  if (accept.startsWith('text/html,') && accept.includes('*/*')) return JSON_FIRST;
  const known = cached.get(accept);
  if (known) return known;
  const versioned = listVersionedTypes(accept);
  const preferences = {
    body: negotiate(accept, { ...toAccepted(BODY_TYPES), ...toAccepted(CSV_TYPES), ...versioned }),
    problem: negotiate(accept, { ...toAccepted(PROBLEM_TYPES), ...versioned })[0]?.format ?? 'json',
  };
  if (accept.length <= MAX_HEADER_LENGTH && cached.size < MAX_CACHED_HEADERS) {
    cached.set(accept, preferences);
  }
  return preferences;
}

/** Lists the versioned types that a header names, because negotiator compares a header with a list of types. */
function listVersionedTypes(accept: string): Record<string, AcceptedFormat> {
  const types = [...accept.matchAll(VERSIONED_TYPE)].flatMap(([type, version, suffix = '']) => {
    const accepted: AcceptedFormat = {
      format: suffix.toLowerCase() === 'xml' ? 'xml' : 'json',
      version: Number(version),
    };
    return [type, `${type};charset=utf-8`].map((name) => [name, accepted] as const);
  });
  return Object.fromEntries(types);
}

function toAccepted(types: Readonly<Record<string, Format>>): Record<string, AcceptedFormat> {
  return Object.fromEntries(Object.entries(types).map(([type, format]) => [type, { format }]));
}

function negotiate(accept: string, types: Readonly<Record<string, AcceptedFormat>>): AcceptedFormat[] {
  const accepted = new Negotiator({ headers: { accept } }).mediaTypes(Object.keys(types));
  return accepted.flatMap((type) => types[type] ?? []);
}
