import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { toCountryName, toLanguageName } from '../language/format.js';

type Role = Schema<'Credit'>['role'];

/** In display order. */
export const CREDIT_ROLES: readonly Role[] = ['director', 'actor', 'writer', 'producer', 'composer'];

/** Maximum number of people per role. Minor credits are last in the display order. */
const MAX_NAMES = 12;

export interface TitleFact {
  readonly label: string;
  readonly values: readonly LinkedValue[];
}

/** A name with a link to more titles. */
interface LinkedValue {
  readonly name: string;
  readonly path: string;
  /** The character that an actor plays. */
  readonly character?: string | null;
}

/** Lists the people, the countries, and the languages of a title. */
export function listCreditFacts({ credits, countries, languages }: Schema<'TitleDetails'>): TitleFact[] {
  const people = CREDIT_ROLES.map((role) => ({
    label: t(`title.credits.${role}`),
    values: listPeople(credits.filter((credit) => credit.role === role)),
  }));
  return [
    ...people,
    {
      label: t('title.countries', { count: countries.length }),
      values: countries.map((code) => ({ name: toCountryName(code) ?? code, path: `/browse?country=${code}` })),
    },
    {
      label: t('title.languages', { count: languages.length }),
      values: languages.map((tag) => ({ name: toLanguageName(tag) ?? tag, path: `/browse?language=${tag}` })),
    },
  ].filter(({ values }) => values.length > 0);
}

function listPeople(credits: readonly Schema<'Credit'>[]): LinkedValue[] {
  return credits
    .slice(0, MAX_NAMES)
    .map(({ personId, name, character }) => ({ name, path: `/people/${personId}`, character }));
}
