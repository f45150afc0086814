import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PartId } from './upload.js';

/**
 * Issues tokens that authorize a client to send one part through the edge, as a presigned URL authorizes it to send the
 * part to object storage. Tokens are not stored: every replica has the same key.
 */
export class PartTokens {
  constructor(private readonly key: Buffer) {}

  issue(part: PartId, expiresAt: Date): string {
    const expires = Math.floor(expiresAt.getTime() / 1000).toString(36);
    return `${expires}.${this.sign(part, expires).toString('base64url')}`;
  }

  isValid(part: PartId, token: string, nowMs: number): boolean {
    const [expires = '', text = '', ...rest] = token.split('.');
    const signature = Buffer.from(text, 'base64url');
    const expected = this.sign(part, expires);
    if (rest.length > 0 || signature.length !== expected.length || !timingSafeEqual(signature, expected)) return false;
    return Number.parseInt(expires, 36) * 1000 > nowMs;
  }

  private sign({ uploadId, partNumber }: PartId, expires: string): Buffer {
    return createHmac('sha256', this.key).update(`${uploadId}/${partNumber}/${expires}`).digest();
  }
}
