import { PublishedV1 } from '@viernes/contracts';
import { toPayloadJson } from './dead-letter.controller.js';

describe('toPayloadJson', () => {
  const published = { assetId: 'a', titleId: 't', durationMs: 30_022, publishedAt: '2026-11-20T20:15:00.000Z' };

  it('returns JSON for a known type', () => {
    const payload = PublishedV1.codec.encode(published).finish();
    expect(JSON.parse(toPayloadJson(PublishedV1.type, payload, []) ?? '')).toEqual(published);
  });

  it('returns undefined for an unknown type and for an invalid payload', () => {
    expect(toPayloadJson('viernes.video.unknown.v1', new Uint8Array(), [])).toBeUndefined();
    expect(toPayloadJson(PublishedV1.type, Uint8Array.of(0x0a, 0xff), [])).toBeUndefined();
  });

  it('hides values of fields with secrets', () => {
    const data = { name: 'Ada', accessToken: 'abc', inner: { Password: 'abc', list: [{ clientSecret: 'abc' }] } };
    const codec = {
      decode: () => data,
      encode: () => {
        throw new Error('not used');
      },
    };
    const event = { type: 'viernes.test.signed.v1', topic: 'tests', key: () => '', codec };
    const handler = { consumer: 'test', event, handle: () => Promise.resolve() };
    expect(JSON.parse(toPayloadJson(event.type, new Uint8Array(), [handler]) ?? '')).toEqual({
      name: 'Ada',
      accessToken: '(hidden)',
      inner: { Password: '(hidden)', list: [{ clientSecret: '(hidden)' }] },
    });
  });
});
