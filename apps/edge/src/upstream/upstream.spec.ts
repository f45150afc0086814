import { randomUUID } from 'node:crypto';
import { catalogV1 } from '@viernes/contracts';
import type { ClientFactory, ClientPolicy } from '@viernes/platform';
import { connectUpstreams } from './upstream.js';

describe('the clients of the services', () => {
  const idempotent = new Map<string, readonly string[]>();
  const connectTo =
    (service: string): ClientFactory =>
    (definition, policy: ClientPolicy<typeof definition>) => {
      const names = [...(idempotent.get(service) ?? []), ...policy.idempotent];
      idempotent.set(service, names);
      return { close: () => undefined } as never;
    };
  connectUpstreams({ catalog: connectTo('catalog'), user: connectTo('user'), video: connectTo('video') });

  it.each([
    [
      'catalog',
      ['listSeasons', 'batchGetCredits', 'checkVisibility', 'suggestTitles', 'getWebhook', 'listDeadLetters'],
    ],
    ['user', ['getLatestProgress', 'listUsage', 'listApiKeys', 'checkMyList']],
    ['video', ['getParty', 'listUploads', 'getMediaPlaylist']],
  ])('the clients retry the reads of %s', (service, reads) => {
    expect(idempotent.get(service)).toEqual(expect.arrayContaining(reads));
  });

  it('the clients retry the verification of an API key, which records the use of the key', () => {
    expect(idempotent.get('user')).toContain('verifyApiKey');
  });

  it.each([
    ['catalog', ['createTitle', 'rotateWebhookSecret', 'deletePerson']],
    ['user', ['createSession', 'verifyEmail', 'exportAccount']],
    ['video', ['startUpload', 'startPlayback', 'watchAsset']],
  ])('the clients do not retry the writes and the streams of %s', (service, others) => {
    expect((idempotent.get(service) ?? []).filter((name) => others.includes(name))).toEqual([]);
  });

  it('the client of catalog combines concurrent reads of titles by ID, and of lists without a query or a total', async () => {
    const sent: unknown[][] = [];
    const record = (name: string) => async (request: { readonly requests?: readonly unknown[] }) => {
      sent.push([name, request.requests?.length]);
      return { results: request.requests?.map(() => ({ response: {} })) };
    };
    const names = ['getTitle', 'getTitleBatch', 'listTitles', 'listTitlesBatch'];
    const client = Object.fromEntries(names.map((name) => [name, record(name)]));
    const connect: ClientFactory = () => client as never;
    const { catalog } = connectUpstreams({ catalog: connect, user: connect, video: connect });
    const list = catalogV1.ListTitlesRequest.decode(new Uint8Array());
    await Promise.all([
      catalog.getTitle({ titleId: 'a-slug' }),
      catalog.listTitles({ ...list, query: 'ran' }),
      catalog.listTitles({ ...list, includeTotal: true }),
      ...[1, 2].map(() => catalog.getTitle({ titleId: randomUUID() })),
      ...[1, 2, 3].map(() => catalog.listTitles(list)),
    ]);
    expect(sent).toEqual([
      ['getTitle', undefined],
      ['listTitles', undefined],
      ['listTitles', undefined],
      ['getTitleBatch', 2],
      ['listTitlesBatch', 3],
    ]);
  });
});
