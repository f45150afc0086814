import { LANGUAGES } from '@viernes/translations';

/** The order of names by the rules of a language: a collation, and an index with this order. */
export interface TitleNameOrder {
  readonly language: string;
  /** The name of the collation in PostgreSQL. */
  readonly collation: string;
  readonly index: string;
  /** Locale of ICU, with numbers in names by value: "Rocky 2" precedes "Rocky 10". */
  readonly icuLocale: string;
}

/** One for each language of the translations, the default first. */
export const TITLE_NAME_ORDERS: readonly TitleNameOrder[] = LANGUAGES.map((language) => {
  const suffix = language.toLowerCase().replaceAll('-', '_');
  return {
    language,
    collation: `title_name_${suffix}`,
    index: `title_by_name_${suffix}`,
    icuLocale: `${language}-u-kn-true`,
  };
});

/** @param language one of the translations. @throws Error for any other language */
export function getTitleNameOrder(language: string): TitleNameOrder {
  const found = TITLE_NAME_ORDERS.find((order) => order.language === language);
  if (!found) throw new Error(`There is no order of names in the language ${language}.`);
  return found;
}
