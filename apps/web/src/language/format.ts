import i18next from 'i18next';

/** Creates a formatter on its first use: the locale is known only after the app has started, and creation is slow. */
function lazy<Formatter>(create: (locale: string) => Formatter): () => Formatter {
  let formatter: Formatter | undefined;
  return () => (formatter ??= create(i18next.language));
}

const numbers = lazy((locale) => new Intl.NumberFormat(locale));
const scores = lazy((locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }));
const percentages = lazy((locale) => new Intl.NumberFormat(locale, { style: 'percent', roundingMode: 'floor' }));
const minutes = lazy((locale) => new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', useGrouping: false }));
const durations = lazy((locale) => new Intl.DurationFormat(locale, { style: 'narrow' }));
const seconds = lazy(
  (locale) => new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'narrow' }),
);
const moments = lazy((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }));
const times = lazy((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }));
const hours = lazy((locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', hour: 'numeric' }));
const shares = lazy((locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }));
const milliseconds = lazy(
  (locale) => new Intl.NumberFormat(locale, { style: 'unit', unit: 'millisecond', maximumSignificantDigits: 3 }),
);
const lists = lazy((locale) => new Intl.ListFormat(locale, { type: 'unit' }));
const names = lazy((locale) => new Intl.Collator(locale));
const countries = lazy((locale) => new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' }));
const languages = lazy((locale) => new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' }));

export const formatNumber = (value: number): string => numbers().format(value);

/** Formats a score from 0 to 10 as "8.0". */
export const formatScore = (score: number): string => scores().format(score);

/** Formats a fraction from 0 to 1 as "99%". Rounds down, so that only a complete task shows 100 %. */
export const formatPercent = (fraction: number): string => percentages().format(fraction);

/** Formats minutes as "90 min". */
export const formatMinutes = (count: number): string => minutes().format(count);

/** Formats a duration as "2h 5m", "45m" or "30s". */
export function formatDuration(durationMs: number): string {
  const totalSeconds = Math.round(durationMs / 1000);
  const totalMinutes = Math.round(durationMs / 60_000);
  if (totalSeconds < 60) return seconds().format(totalSeconds);
  return durations().format({ hours: Math.floor(totalMinutes / 60), minutes: totalMinutes % 60 });
}

/** Formats a fraction from 0 to 1 as "0.3%". */
export const formatShare = (fraction: number): string => shares().format(fraction);

/** Formats a duration as "12.3 ms". */
export const formatMilliseconds = (durationMs: number): string => milliseconds().format(durationMs);

/** Formats epoch milliseconds as "11/24, 10 AM". */
export const formatHour = (timeMs: number): string => hours().format(timeMs);

/** @param moment ISO 8601 */
export const formatMoment = (moment: string): string => moments().format(new Date(moment));

/** Formats the time of day as "8:15:30 PM". @param moment ISO 8601 */
export const formatTime = (moment: string): string => times().format(new Date(moment));

export const formatList = (items: readonly string[]): string => lists().format(items);

/** Compares two names in the sort order of the language. */
export const compareNames = (one: string, other: string): number => names().compare(one, other);

/** Returns the name of a country; undefined if there is no such country. */
export const toCountryName = (code: string): string | undefined => nameOf(countries(), code);

/** Returns the name of a language tag; undefined if there is no such language. */
export const toLanguageName = (tag: string): string | undefined => nameOf(languages(), tag);

function nameOf(displayNames: Intl.DisplayNames, code: string): string | undefined {
  try {
    return displayNames.of(code);
  } catch {
    // The code is malformed.
    return undefined;
  }
}

/** Returns the name of a language in that language. */
export function toNativeLanguageName(language: string): string {
  const [first = '', ...others] = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return first.toLocaleUpperCase(language) + others.join('');
}
