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
  readonly values: readonly LinkedValue[];
}

/** A name that leads to more titles. */
interface LinkedValue {
  readonly name: string;
  readonly path: string;
  /** The part that an actor plays. */
  readonly character?: string | null;
}

/** Lists who made a title, and where and in which languages. */
export function listCreditFacts({ credits, countries, languages }: Schema<'TitleDetails'>): TitleFact[] {
  const people = (Object.keys(LABELS) as Role[]).map((role) => ({
    label: LABELS[role],
    values: listPeople(credits.filter((credit) => credit.role === role)),
  }));
  return [
    ...people,
    {
      label: countries.length > 1 ? 'Countries' : 'Country',
      values: countries.map((code) => ({ name: toCountryName(code) ?? code, path: `/browse?country=${code}` })),
    },
    {
      label: languages.length > 1 ? 'Languages' : 'Language',
      values: languages.map((tag) => ({ name: toLanguageName(tag) ?? tag, path: `/browse?language=${tag}` })),
    },
  ].filter(({ values }) => values.length > 0);
}

function listPeople(credits: readonly Schema<'Credit'>[]): LinkedValue[] {
  return credits
    .slice(0, MAX_NAMES)
    .map(({ personId, name, character }) => ({ name, path: `/people/${personId}`, character }));
}
