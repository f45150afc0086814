import { PublishedV1 } from '@viernes/contracts';
import type { AnyEventHandler } from '../port/event-handler.js';
import { PayloadReader } from './payload-json.js';

function readerFor(...handlers: AnyEventHandler[]): PayloadReader {
  return new PayloadReader({ list: () => handlers });
}

const reader = readerFor();

describe('a payload for people', () => {
  const published = { assetId: 'a', titleId: 't', durationMs: 30_022, publishedAt: '2026-11-20T20:15:00.000Z' };

  it('is JSON where its type is known', () => {
    const payload = PublishedV1.codec.encode(published).finish();
    expect(JSON.parse(reader.json(PublishedV1.type, payload) ?? '')).toEqual(published);
  });

  it('is nothing where its type is unknown or it does not decode', () => {
    expect(reader.json('viernes.video.unheard-of.v1', new Uint8Array())).toBeUndefined();
    expect(reader.json(PublishedV1.type, Uint8Array.of(0x0a, 0xff))).toBeUndefined();
  });

  it('shows no secret', () => {
    const data = { name: 'Ada', accessToken: 'abc', inner: { Password: 'abc', list: [{ clientSecret: 'abc' }] } };
    const codec = {
      decode: () => data,
      encode: () => {
        throw new Error('nobody writes');
      },
    };
    const event = { type: 'viernes.test.signed.v1', topic: 'tests', key: () => '', codec };
    const withSecrets = readerFor({ consumer: 'test', event, handle: () => Promise.resolve() });
    expect(JSON.parse(withSecrets.json(event.type, new Uint8Array()) ?? '')).toEqual({
      name: 'Ada',
      accessToken: '(hidden)',
      inner: { Password: '(hidden)', list: [{ clientSecret: '(hidden)' }] },
    });
  });
});
