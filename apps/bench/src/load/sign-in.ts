import type { Platform } from '../run/platform.js';

/**
 * Signs in as the editor. Requests with these headers are uncached, because their responses could be personal.
 *
 * @returns the headers of a request by this account, valid for 15 minutes
 */
export async function signIn({
  edgeUrl,
  editor,
}: Pick<Platform, 'edgeUrl' | 'editor'>): Promise<Readonly<Record<string, string>>> {
  const response = await fetch(new URL('/v1/sessions', edgeUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(editor),
  });
  if (!response.ok) throw new Error(`POST /v1/sessions returned ${response.status}`);
  const { accessToken } = (await response.json()) as { accessToken: string };
  return { authorization: `Bearer ${accessToken}` };
}
