import { EdgeRefusal, problemOf, reasonOf } from '../edge/problem.js';

export interface Fetched {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/**
 * Fetches what a player fetches: the token is in the address, nobody is signed in.
 *
 * @param edgeUrl told apart from the store, whose public address may not be reachable from where this runs
 * @throws EdgeRefusal for an answer that is not 2xx; Error that names the address where nothing answers
 */
export async function fetchMedia(
  url: URL,
  edgeUrl: string,
  signal: AbortSignal,
  headers: Record<string, string> = {},
): Promise<Fetched> {
  const request = `GET ${url.origin}${url.pathname}`;
  let response: Response;
  try {
    response = await fetch(url, { headers, signal });
  } catch (error) {
    signal.throwIfAborted();
    const why = url.origin === new URL(edgeUrl).origin ? '' : `\n${unreachable(url)}`;
    throw new Error(`${request} was not answered: ${reasonOf(error)}${why}`, { cause: error });
  }
  const bytes = Buffer.from(await response.arrayBuffer());
  if (!response.ok) throw new EdgeRefusal(request, response.status, problemOf(bytes.toString('utf8')));
  return { status: response.status, headers: response.headers, bytes };
}

/** For whoever gave browsers an address of the store that means nothing here. */
export function unreachable({ origin }: URL): string {
  return (
    `${origin} is the store's public address (media.publicEndpoint): browsers must reach it, and this check, which runs ` +
    `inside the cluster, does not. Without a public address all bytes go through the edge, and the check sees them.`
  );
}
