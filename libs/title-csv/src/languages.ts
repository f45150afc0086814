const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** The tags of two letters (ISO 639-1), by the English names of their languages. */
const TAGS = new Map(
  LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).flatMap((tag) => {
    const name = Intl.getCanonicalLocales(tag)[0] === tag ? NAMES.of(tag) : undefined;
    return name === undefined ? [] : [[name.toLowerCase(), tag] as const];
  }),
);

const LANGUAGE_TAG = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/;

/** Converts an English name or a tag of BCP 47 to a tag: "German" and "DE" become "de". @returns undefined if unknown */
export function findLanguage(text: string): string | undefined {
  const named = TAGS.get(text.toLowerCase());
  if (named !== undefined) return named;
  try {
    const [tag = ''] = Intl.getCanonicalLocales(text.replaceAll('_', '-'));
    return LANGUAGE_TAG.test(tag) && NAMES.of(tag) !== undefined ? tag : undefined;
  } catch {
    return undefined;
  }
}
