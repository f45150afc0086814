import type { Schema } from '@viernes/api-client';
import { toCountryName, toLanguageName } from './code-names.js';

type Role = Schema<'Credit'>['role'];

/** In the order of the page. */
const LABELS: Readonly<Record<Role, string>> = {
  director: 'Directed by',
  actor: 'Cast',
  writer: 'Written by',
  producer: 'Produced by',
  composer: 'Music by',
};

/** The first people of a role; the others are minor parts. */
const MAX_NAMES = 12;

export interface TitleFact {
  readonly label: string;
  readonly text: string;
}

/** Lists who made a title, and where and in which languages. */
export function listCreditFacts({ credits, countries, languages }: Schema<'TitleDetails'>): TitleFact[] {
  const people = (Object.keys(LABELS) as Role[]).map((role) => ({
    label: LABELS[role],
    text: formatNames(credits.filter((credit) => credit.role === role)),
  }));
  return [
    ...people,
    { label: countries.length > 1 ? 'Countries' : 'Country', text: formatCodes(toCountryName, countries) },
    { label: languages.length > 1 ? 'Languages' : 'Language', text: formatCodes(toLanguageName, languages) },
  ].filter(({ text }) => text !== '');
}

function formatNames(credits: readonly Schema<'Credit'>[]): string {
  const names = credits.map(({ name, character }) => (character === null ? name : `${name} (${character})`));
  return names.slice(0, MAX_NAMES).join(', ');
}

function formatCodes(toName: (code: string) => string | undefined, codes: readonly string[]): string {
  return codes.map((code) => toName(code) ?? code).join(', ');
}
