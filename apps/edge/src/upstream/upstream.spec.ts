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
});
