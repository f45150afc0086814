import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { limits } from '@viernes/api-client';
import type { TitleField } from './columns.js';
import { applyExactValues, listReplacedFields, readExactValues } from './exact-values.js';
import { cleanLine, cleanParagraphs, shorten } from './clean-text.js';
import type { NewTitle } from './new-title.js';
import { toCountries, toCredits, toGenres, toLanguages } from './row-lists.js';
import { RowReader, type Cells } from './row-reader.js';
import type { Mapping } from './mapping.js';
import type { RowIssue } from './row-issue.js';

const LIMITS = limits.NewTitle;
/** `90 min`, `1 h 30 min`, or only a number. */
const MINUTES = /^(?:(\d+)\s*h(?:ours?|rs?)?\.?\s*)?(?:(\d+)\s*(?:m|mins?|minutes?)?\.?)?$/i;
const SEASONS = /^(\d+)\s*seasons?$/i;

export interface ConvertedRow {
  /** Undefined if the row is rejected. */
  readonly title: NewTitle | undefined;
  readonly issues: readonly RowIssue[];
}

/**
 * Converts the cells of a row to a title, and repairs values that the API would reject.
 *
 * @param cells the values of the fields that have a column
 * @param source the prefix of the external ID, before the slash
 */
export function toNewTitle(cells: Cells, mapping: Mapping, source: string): ConvertedRow {
  const row = new RowReader(cells, mapping);
  const exact = readExactValues(row);
  const kind = row.find('kind', mapping.kinds);
  const name =
    typeof exact.name === 'string'
      ? exact.name
      : shortenAndReport(row, 'name', cleanLine(row.text('name'), row.reporter('name')), LIMITS.name.maxLength);
  if (kind === undefined) row.reject('kind', row.text('kind') === '' ? 'missing' : 'notAKind');
  if (name === '') row.reject('name', 'missing');
  if (kind === undefined || name === '') return { title: undefined, issues: row.issues };

  const { rating, duration } = separateRating(row);
  const releaseYear = row.number('releaseYear', row.text('releaseYear'), LIMITS.releaseYear);
  const title: NewTitle = {
    kind,
    name,
    synopsis: shortenAndReport(
      row,
      'synopsis',
      cleanParagraphs(row.text('synopsis'), row.reporter('synopsis')),
      LIMITS.synopsis.maxLength,
    ),
    genres: toGenres(row),
    credits: toCredits(row),
    countries: toCountries(row),
    languages: toLanguages(row),
    externalId: toExternalId(row, source, [kind, name, releaseYear]),
    ...omitUndefined({
      releaseYear,
      addedOn: toDate(row, mapping),
      maturityRating: rating === '' ? undefined : toMaturityRating(row, rating, mapping),
      score: row.number('score', row.text('score'), LIMITS.score, { isInteger: false }),
      ...toLengths(row, duration),
    }),
  };
  return { title: applyExactValues(title, exact), issues: row.issuesExcept(listReplacedFields(exact)) };
}

interface Lengths {
  readonly runtimeMinutes: number | undefined;
  readonly seasonCount: number | undefined;
}

/** Moves a duration from the column of the rating to the column of the duration. */
function separateRating(row: RowReader): { rating: string; duration: string } {
  const [rating, duration] = [row.text('maturityRating'), row.text('duration')];
  const isShifted = duration === '' && /^\d+ ?(?:min|seasons?)$/i.test(rating);
  if (!isShifted) return { rating, duration };
  row.report('repaired', 'maturityRating', 'containsDuration', rating, '');
  return { rating: '', duration: rating };
}

function toLengths(row: RowReader, duration: string): Lengths {
  const [, hours, minutes] = MINUTES.exec(duration) ?? [];
  const [, seasons = ''] = SEASONS.exec(duration) ?? [];
  const total = hours === undefined ? (minutes ?? '') : String(60 * Number(hours) + Number(minutes ?? 0));
  if (duration !== '' && total === '' && seasons === '') {
    row.report('dropped', 'duration', 'notADuration', duration, '');
  }
  const options = { before: duration };
  return {
    runtimeMinutes:
      row.number('duration', total, LIMITS.runtimeMinutes, options) ??
      row.number('runtimeMinutes', row.text('runtimeMinutes'), LIMITS.runtimeMinutes),
    seasonCount:
      row.number('duration', seasons, LIMITS.seasonCount, options) ??
      row.number('seasonCount', row.text('seasonCount'), LIMITS.seasonCount),
  };
}

function toDate(row: RowReader, { dateFormats }: Mapping): string | undefined {
  const text = row.text('addedOn');
  for (const format of text === '' ? [] : dateFormats) {
    const date = format.parse(text);
    if (date !== undefined) return date;
  }
  if (text !== '') row.report('dropped', 'addedOn', 'notADate', text, '');
  return undefined;
}

function toMaturityRating(row: RowReader, text: string, { maturityRatings }: Mapping) {
  const rating = maturityRatings.get(text.toLowerCase());
  if (rating === undefined) row.report('dropped', 'maturityRating', 'unknownRating', text, '');
  return rating;
}

/** An ID with a slash already contains its source, because `export` can write titles of several sources. */
function toExternalId(row: RowReader, source: string, identity: readonly unknown[]): string {
  const id = cleanLine(row.text('id'), row.reporter('id'));
  if (id.includes('/')) return id;
  if (id !== '') return `${source}/${id}`;
  const derived = bytesToHex(sha256(utf8ToBytes(JSON.stringify(identity)))).slice(0, 16);
  if (row.has('id')) row.report('repaired', 'id', 'derivedId', '', derived);
  return `${source}/${derived}`;
}

function shortenAndReport(row: RowReader, field: TitleField, text: string, maxLength: number): string {
  const short = shorten(text, maxLength);
  if (short !== text) row.report('repaired', field, { code: 'tooLong', values: { count: maxLength } }, text, short);
  return short;
}

function omitUndefined<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
}
