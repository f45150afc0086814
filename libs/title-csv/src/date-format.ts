const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat('en-US', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2000, month, 15)),
);

const TOKENS = {
  yyyy: '(?<year>\\d{4})',
  MMMM: '(?<name>\\p{L}+)',
  MMM: '(?<name>\\p{L}{3})\\.?',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
} as const;

/**
 * A date format with the tokens of Unicode Technical Standard 35: `MMMM d, yyyy`, `dd.MM.yyyy`. Month names are
 * English.
 */
export class DateFormat {
  readonly #pattern: RegExp;

  /** @throws Error if the format does not contain year, month, and day once each */
  constructor(format: string) {
    const source = format
      .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
      .replace(/yyyy|M{1,4}|d{1,2}/g, (token) => TOKENS[token as keyof typeof TOKENS])
      .replace(/ +/g, '\\s+');
    const groups = [...source.matchAll(/\(\?<(year|month|name|day)>/g)].map(([, group]) => group);
    const isComplete = groups.length === 3 && groups.includes('year') && groups.includes('day');
    if (!isComplete) throw new Error(`"${format}" is not a date format. Use yyyy, MMMM, MMM, MM, M, dd, and d.`);
    this.#pattern = new RegExp(`^${source}$`, 'iu');
  }

  /** @returns the date in ISO 8601 format, or undefined if the text has another format or the day does not exist */
  parse(text: string): string | undefined {
    const { year, month, name, day } = this.#pattern.exec(text)?.groups ?? {};
    if (year === undefined || day === undefined) return undefined;
    const monthNumber = name === undefined ? Number(month) : findMonth(name);
    const date = new Date(Date.UTC(Number(year), monthNumber - 1, Number(day)));
    const exists = date.getUTCMonth() === monthNumber - 1 && date.getUTCDate() === Number(day);
    return exists ? date.toISOString().slice(0, 10) : undefined;
  }
}

/** @param isoDate for example `2021-09-25` @returns `September 25, 2021` */
export function toLongDate(isoDate: string): string {
  const [year, month, day] = isoDate.split('-');
  return `${MONTHS[Number(month) - 1]} ${Number(day)}, ${year}`;
}

/** @returns 0 for an unknown name */
function findMonth(name: string): number {
  const wanted = name.toLowerCase();
  const isShort = wanted.length === 3;
  return MONTHS.findIndex((month) => (isShort ? month.slice(0, 3) : month).toLowerCase() === wanted) + 1;
}
