import { createHmac, randomBytes } from 'node:crypto';

/** The start of every secret, so that scanners find secrets in source code. */
const START = 'whsec_';

export interface Message {
  /** Equal for all attempts, so that receivers recognize repeated ones. */
  readonly id: string;
  /** Of the attempt, so that receivers reject recorded requests. */
  readonly sentAt: Date;
  readonly payload: string;
}

/** Returns 256 random bits. */
export function createSecret(): Buffer {
  return randomBytes(32);
}

/** Returns a secret as its owner receives it. */
export function formatSecret(secret: Buffer): string {
  return START + secret.toString('base64');
}

/**
 * Returns the headers that prove the origin of a message.
 *
 * @param secrets each one that its receiver possibly has: two during a rotation
 * @see the Standard Webhooks specification, version 1.0.0
 */
export function signMessage({ id, sentAt, payload }: Message, secrets: readonly Buffer[]): Record<string, string> {
  const timestamp = String(Math.floor(sentAt.getTime() / 1_000));
  const content = `${id}.${timestamp}.${payload}`;
  const sign = (secret: Buffer): string => `v1,${createHmac('sha256', secret).update(content).digest('base64')}`;
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': secrets.map(sign).join(' ') };
}
