import { createHmac, randomBytes } from 'node:crypto';

/** The prefix of every secret, by which scanners find secrets in source code. */
const PREFIX = 'whsec_';

export interface Message {
  /** Equal for all attempts, so that receivers recognize repeated ones. */
  readonly id: string;
  /** The time of the attempt, so that receivers can reject replayed requests. */
  readonly sentAt: Date;
  readonly payload: string;
}

/** Returns 256 random bits. */
export function createSecret(): Buffer {
  return randomBytes(32);
}

/** Returns the text of a secret for its owner. */
export function formatSecret(secret: Buffer): string {
  return PREFIX + secret.toString('base64');
}

/**
 * Returns the headers that prove the origin of a message.
 *
 * @param secrets those that the receiver can have: two during a rotation
 * @see the Standard Webhooks specification, version 1.0.0
 */
export function signMessage({ id, sentAt, payload }: Message, secrets: readonly Buffer[]): Record<string, string> {
  const timestamp = String(Math.floor(sentAt.getTime() / 1_000));
  const content = `${id}.${timestamp}.${payload}`;
  const sign = (secret: Buffer): string => `v1,${createHmac('sha256', secret).update(content).digest('base64')}`;
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': secrets.map(sign).join(' ') };
}
