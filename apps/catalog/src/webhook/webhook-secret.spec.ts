import { Webhook } from 'standardwebhooks';
import { createSecret, formatSecret, signMessage } from './webhook-secret.js';

const payload = '{"type":"title.published","name":"Señora Muerte"}';

describe('signMessage', () => {
  const [current, previous, other] = [createSecret(), createSecret(), createSecret()];
  const sign = (sentAt = new Date()) => signMessage({ id: 'message-1', sentAt, payload }, [current, previous]);
  const verify = (secret: Buffer, headers: Record<string, string>, body = payload): unknown =>
    new Webhook(formatSecret(secret)).verify(body, headers);

  it('creates headers that a library of Standard Webhooks accepts with either secret', () => {
    for (const secret of [current, previous]) expect(verify(secret, sign())).toEqual(JSON.parse(payload));
  });

  it('creates headers that the library rejects with another secret, payload, ID or time', () => {
    expect(() => verify(other, sign())).toThrow();
    expect(() => verify(current, sign(), `${payload} `)).toThrow();
    expect(() => verify(current, { ...sign(), 'webhook-id': 'message-2' })).toThrow();
    expect(() => verify(current, sign(new Date(Date.now() - 600_000)))).toThrow();
  });

  it('creates secrets of 256 bits with a fixed prefix', () => {
    expect(formatSecret(current)).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  });
});
