import { randomBytes } from 'node:crypto';

/** A name that no other run has used, so that the suite passes on a platform in use, too. */
export function unique(name: string): string {
  return `${name} ${uniqueWord()}`;
}

/** One word of letters: search takes it as a whole. */
export function uniqueWord(): string {
  return [...randomBytes(10)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
}

export function uniqueEmail(): string {
  return `${uniqueWord()}@viernes.example`;
}
