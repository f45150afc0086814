import Negotiator from 'negotiator';

export type Format = 'json' | 'xml';

/** In order of preference among those that a client accepts equally. Some clients state the only charset of JSON. */
const BODY_TYPES: Readonly<Record<string, Format>> = {
  'application/json': 'json',
  'application/json;charset=utf-8': 'json',
  'application/xml': 'xml',
  'application/xml;charset=utf-8': 'xml',
};

const PROBLEM_TYPES: Readonly<Record<string, Format>> = {
  'application/problem+json': 'json',
  'application/problem+xml': 'xml',
  ...BODY_TYPES,
};

interface Preferences {
  /** The accepted formats of a body, best first. */
  readonly body: readonly Format[];
  /** An error is reported even if the client accepts no format of it. */
  readonly problem: Format;
}

const JSON_FIRST: Preferences = { body: ['json', 'xml'], problem: 'json' };

/** Clients send few distinct headers. The limits protect against those that generate them. */
const MAX_REMEMBERED_HEADERS = 64;
const MAX_REMEMBERED_LENGTH = 500;

const remembered = new Map<string, Preferences>();

/**
 * Selects the format of a body by the client's q-values (RFC 9110 section 12.5.1). Without the header, it is JSON.
 *
 * @param accept value of the request header `Accept`
 * @param isJsonOnly the body has no XML representation
 * @returns undefined if the client accepts no format
 */
export function selectFormat(accept: string | undefined, isJsonOnly = false): Format | undefined {
  const { body } = toPreferences(accept);
  return isJsonOnly ? body.find((format) => format === 'json') : body[0];
}

/** Selects the format of problem details like `selectFormat`, and JSON if the client accepts none. */
export function selectProblemFormat(accept: string | undefined): Format {
  return toPreferences(accept).problem;
}

function toPreferences(accept: string | undefined): Preferences {
  // Almost all requests. They need no lookup.
  if (!accept || accept === '*/*' || accept === 'application/json') return JSON_FIRST;
  // A browser that opens a page accepts XML for XHTML only, and shows JSON better.
  if (accept.startsWith('text/html,') && accept.includes('*/*')) return JSON_FIRST;
  const known = remembered.get(accept);
  if (known) return known;
  const preferences = {
    body: negotiate(accept, BODY_TYPES),
    problem: negotiate(accept, PROBLEM_TYPES)[0] ?? 'json',
  };
  if (accept.length <= MAX_REMEMBERED_LENGTH && remembered.size < MAX_REMEMBERED_HEADERS) {
    remembered.set(accept, preferences);
  }
  return preferences;
}

function negotiate(accept: string, types: Readonly<Record<string, Format>>): Format[] {
  const accepted = new Negotiator({ headers: { accept } }).mediaTypes(Object.keys(types));
  return accepted.flatMap((type) => types[type] ?? []);
}
