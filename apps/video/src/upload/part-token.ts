import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** The one part of one upload that a token is good for. */
export interface PartName {
  readonly uploadId: string;
  readonly partNumber: number;
}

/**
 * Tokens that let whoever has them send one part through the edge: what a signature of the store's is to those who reach
 * it themselves. Nothing is stored: every replica has the store's secret, and with a new secret old tokens end, as old
 * signatures do.
 */
export class PartTokens {
  private readonly key: Buffer;

  /** @param storeSecret the key is derived from it (RFC 5869), so that a token tells nothing about it */
  constructor(storeSecret: string) {
    this.key = Buffer.from(hkdfSync('sha256', storeSecret, '', 'viernes.video.upload-part', 32));
  }

  issue(part: PartName, expiresAt: Date): string {
    const expires = Math.floor(expiresAt.getTime() / 1000).toString(36);
    return `${expires}.${this.sign(part, expires).toString('base64url')}`;
  }

  isGood(part: PartName, token: string, nowMs: number): boolean {
    const [expires = '', signature = '', ...rest] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    const due = this.sign(part, expires);
    if (rest.length > 0 || given.length !== due.length || !timingSafeEqual(given, due)) return false;
    return Number.parseInt(expires, 36) * 1000 > nowMs;
  }

  private sign({ uploadId, partNumber }: PartName, expires: string): Buffer {
    return createHmac('sha256', this.key).update(`${uploadId}/${partNumber}/${expires}`).digest();
  }
}
