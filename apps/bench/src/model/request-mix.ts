import { toPagePath, toTitlePath } from '../catalog-data/catalog.js';
import type { CatalogTitle } from '../catalog-data/fill-catalog.js';
import { createName, createRandom } from '../catalog-data/title-names.js';
import { toRequest } from '../load/http-connection.js';
import type { Kind } from './constants.js';
import type { Session, Viewer } from './viewers.js';

/** The kinds that are single requests. */
export type RequestKind = Exclude<Kind, 'session'>;

const REQUESTS_PER_KIND = 5_000;

/** Returns requests of each kind. All except `cached` have a token, so that they bypass the response cache. */
export function createRequests(
  url: URL,
  titles: readonly CatalogTitle[],
  viewers: readonly Viewer[],
  sessions: readonly Session[],
): Readonly<Record<RequestKind, readonly string[]>> {
  const random = createRandom(3);
  const repeat = (create: (index: number) => string) => Array.from({ length: REQUESTS_PER_KIND }, (_, i) => create(i));
  const signedIn = (toPath: (index: number) => string) =>
    repeat((index) => toRequest(url, toPath(index), { headers: at(viewers, index).headers }));
  return {
    cached: repeat(() => toRequest(url, '/v1/titles?pageSize=20')),
    home: signedIn(() => '/v1/home'),
    list: signedIn((index) => toPagePath(at(titles, index))),
    title: signedIn((index) => toTitlePath(at(titles, index))),
    search: signedIn(() => `/v1/titles?pageSize=20&query=${encodeURIComponent(createName(random).slice(0, 20))}`),
    heartbeat: repeat((index) => {
      const { id, headers } = at(sessions, index);
      return toRequest(url, `/v1/playback/${id}/heartbeats`, { headers, body: { positionMs: index } });
    }),
  };
}

/**
 * Returns requests in the proportion of their rates, in a repeatable random order.
 *
 * @param offset index of the first request of each kind, so that mixes have different titles and searches
 */
export function mixRequests(
  requests: Readonly<Record<RequestKind, readonly string[]>>,
  rates: Readonly<Record<RequestKind, number>>,
  count: number,
  offset = 0,
): { readonly mixed: readonly string[]; readonly counts: Readonly<Record<RequestKind, number>> } {
  const random = createRandom(5);
  const kinds = Object.keys(rates) as RequestKind[];
  const total = kinds.reduce((sum, kind) => sum + rates[kind], 0);
  const counts = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<RequestKind, number>;
  const mixed = Array.from({ length: count }, () => {
    let rest = random() * total;
    const kind = kinds.find((each) => (rest -= rates[each]) < 0) ?? 'cached';
    counts[kind] += 1;
    return at(requests[kind], offset + counts[kind]);
  });
  return { mixed, counts };
}

function at<Value>(values: readonly Value[], index: number): Value {
  const value = values[index % values.length];
  if (value === undefined) throw new RangeError('no values');
  return value;
}
