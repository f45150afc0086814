import { selectLanguage, type ResponseOf } from '@viernes/gateway';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { getPerson } from '../person/person.operations.js';
import type { TitleDetailsResponse } from '../title/title.schema.js';
import { previewPerson, previewTitle, type LinkPreview } from './link-preview.js';

const PREVIEWED_PAGE = /^(titles|people)\/([^/.]+)$/;

/** Limits how long the metadata, which browsers do not need, can delay the page. */
const TIMEOUT_MS = 500;

export function hasPreview(path: string): boolean {
  return PREVIEWED_PAGE.test(path);
}

/**
 * Reads the preview of a page through the API of this process, as an anonymous request from the same IP address. The
 * response cache, the rate limits, and load shedding therefore apply.
 *
 * @returns undefined if the title or person does not exist, or the API does not respond in time
 */
export async function findLinkPreview(
  fastify: FastifyInstance,
  { ip, headers }: FastifyRequest,
  path: string,
): Promise<LinkPreview | undefined> {
  const [, resource, id] = PREVIEWED_PAGE.exec(path) ?? [];
  if (id === undefined) return undefined;
  const response = await fastify
    .inject({
      url: `/v1/${resource}/${encodeURIComponent(id)}`,
      remoteAddress: ip,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    .catch(() => undefined);
  if (response?.statusCode !== 200) return undefined;
  const language = selectLanguage(headers['accept-language']);
  return resource === 'titles'
    ? previewTitle(response.json<TitleDetailsResponse>(), language)
    : previewPerson(response.json<ResponseOf<typeof getPerson>>(), language);
}
