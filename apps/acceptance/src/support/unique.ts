import { randomBytes } from 'node:crypto';

/** Returns a name that no other run uses, so that the suite also passes on a platform in use. */
export function unique(name: string): string {
  return `${name} ${uniqueWord()}`;
}

/** Returns a unique word of letters only, because search splits texts at other characters. */
export function uniqueWord(): string {
  return [...randomBytes(10)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
}

export function uniqueEmail(): string {
  return `${uniqueWord()}@viernes.example`;
}
