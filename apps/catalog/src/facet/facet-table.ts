import { MINIMUM_AGES } from '@viernes/contracts';
import type { AvailabilityWindow, TitleFilter, TitleKind } from '../title/title.js';
import { FacetColumn, type ColumnOptions, type FacetValue, type Values } from './facet-column.js';

/** The fields of a title that facets filter and count. */
export interface FacetTitle {
  readonly id: string;
  readonly kind: TitleKind;
  /** The genres, separated by SEPARATOR, as are the countries and the languages. */
  readonly genres: string;
  readonly countries: string;
  readonly languages: string;
  readonly minimumAge: number | null;
  readonly releaseYear: number | null;
  readonly runtimeMinutes: number | null;
  readonly isPlayable: boolean;
  readonly availability: readonly AvailabilityWindow[];
}

const COLUMNS = {
  kind: {
    read: ({ kind }) => kind,
    toCondition: ({ kind }) => kind && (([value]) => value === kind),
    toFacetValues: (values) => values,
  },
  genre: listColumn('genres'),
  country: listColumn('countries'),
  language: listColumn('languages'),
  maximumAge: {
    read: ({ minimumAge }) => toText(minimumAge),
    toCondition: ({ maximumAge }) => toRange(undefined, maximumAge),
    // Viewers of an age can also watch titles for all lower ages.
    toFacetValues: ([value]) =>
      value === undefined ? [] : MINIMUM_AGES.filter((age) => age >= Number(value)).map(String),
  },
  decade: {
    read: ({ releaseYear }) => toText(releaseYear),
    toCondition: ({ releaseYearFrom, releaseYearTo }) => toRange(releaseYearFrom, releaseYearTo),
    toFacetValues: ([value]) => (value === undefined ? [] : [String(Math.floor(Number(value) / 10) * 10)]),
  },
  runtime: {
    read: ({ runtimeMinutes }) => toText(runtimeMinutes),
    toCondition: ({ runtimeMinutesFrom, runtimeMinutesTo }) => toRange(runtimeMinutesFrom, runtimeMinutesTo),
    toFacetValues: () => [],
  },
  playable: {
    read: ({ isPlayable }) => String(isPlayable),
    toCondition: ({ isPlayableOnly }) => (isPlayableOnly ? ([value]) => value === 'true' : undefined),
    toFacetValues: ([value]) => (value === 'true' ? [value] : []),
  },
} satisfies Record<string, ColumnOptions<FacetTitle>>;

export type FacetName = keyof typeof COLUMNS;

export interface TitleCounts {
  /** Titles that meet all conditions. */
  readonly total: number;
  /** The values of each facet, most titles first. A facet ignores its own condition. */
  readonly facets: ReadonlyMap<FacetName, readonly FacetValue[]>;
}

/** Maximum number of filters whose counts are stored. Most requests use one of a few filters, or none. */
const MAX_STORED_COUNTS = 100;

/** All titles in memory, in columns of numbers, to count the matches of any filter (decision 23). */
export class FacetTable {
  private readonly indexes = new Map<string, number>();
  private readonly windows = new Map<number, readonly AvailabilityWindow[]>();
  private readonly storedCounts = new Map<string, TitleCounts>();
  private readonly columns = Object.entries(COLUMNS).map(([name, options], number) => {
    return { name: name as FacetName, column: new FacetColumn<FacetTitle>(options), bit: 1 << number };
  });

  add(title: FacetTitle): void {
    const index = this.indexes.size;
    this.indexes.set(title.id, index);
    if (title.availability.length > 0) this.windows.set(index, title.availability);
    for (const { column } of this.columns) column.set(index, title);
    this.storedCounts.clear();
  }

  /**
   * @param ids counts only these titles
   * @param maximumAge excludes titles with a higher minimum age, and unrated titles, from the total and from all facets.
   *   In contrast, the facet of ages ignores the maximum age of the filter
   */
  count(filter: TitleFilter, at: Date, ids?: readonly string[], maximumAge?: number): TitleCounts {
    // Availability windows begin and end without a change of the table.
    if (ids || this.windows.size > 0) return this.countNow(filter, at, ids, maximumAge);
    const key = JSON.stringify([filter, maximumAge]);
    const stored = this.storedCounts.get(key);
    if (stored) return stored;
    const counts = this.countNow(filter, at, ids, maximumAge);
    const [oldest] = this.storedCounts.keys();
    if (oldest !== undefined && this.storedCounts.size === MAX_STORED_COUNTS) this.storedCounts.delete(oldest);
    this.storedCounts.set(key, counts);
    return counts;
  }

  /** Returns the total of `count` without counting facets. */
  countTotal(filter: TitleFilter, at: Date, ids?: readonly string[], maximumAge?: number): number {
    return countAccepted(this.select(filter, at, ids, maximumAge).rejected);
  }

  private countNow(filter: TitleFilter, at: Date, ids?: readonly string[], maximumAge?: number): TitleCounts {
    const { titles, rejected } = this.select(filter, at, ids, maximumAge);
    return {
      total: countAccepted(rejected),
      facets: new Map(this.columns.map(({ name, column, bit }) => [name, column.count(titles, rejected, bit)])),
    };
  }

  /** Returns the indexes of titles, and the columns that reject each title, as bits. */
  private select(filter: TitleFilter, at: Date, ids?: readonly string[], maximumAge?: number) {
    const titles = this.selectAudience(this.selectVisible(at, filter, ids), maximumAge);
    const rejected = new Uint8Array(titles.length);
    for (const { column, bit } of this.columns) column.reject(titles, filter, rejected, bit);
    return { titles, rejected };
  }

  private selectAudience(titles: Uint32Array, maximumAge: number | undefined): Uint32Array {
    if (maximumAge === undefined) return titles;
    const rejected = new Uint8Array(titles.length);
    const ages = this.columns.find(({ name }) => name === 'maximumAge');
    ages?.column.reject(titles, { maximumAge }, rejected, 1);
    return titles.filter((_, n) => rejected[n] === 0);
  }

  /**
   * Returns the indexes of the titles that are always available or within an availability window, or of all titles if the
   * filter includes hidden ones. Ignores unknown IDs.
   */
  private selectVisible(at: Date, { includesHidden }: TitleFilter, ids?: readonly string[]): Uint32Array {
    const indexes = ids
      ? Uint32Array.from(ids.flatMap((id) => this.indexes.get(id) ?? []))
      : listNumbers(this.indexes.size);
    if (includesHidden || this.windows.size === 0) return indexes;
    return indexes.filter((index) => this.windows.get(index)?.some((window) => includes(window, at)) ?? true);
  }
}

function listColumn(field: 'genres' | 'countries' | 'languages'): ColumnOptions<FacetTitle> {
  return {
    read: (title) => title[field],
    toCondition: ({ [field]: wanted = [] }) =>
      wanted.length > 0 ? (values) => values.some((each) => wanted.includes(each)) : undefined,
    toFacetValues: (values) => values,
  };
}

function countAccepted(rejected: Uint8Array): number {
  let total = 0;
  for (const bits of rejected) if (bits === 0) total += 1;
  return total;
}

function listNumbers(count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let number = 0; number < count; number += 1) numbers[number] = number;
  return numbers;
}

function toText(value: number | null): string {
  return value === null ? '' : String(value);
}

/** @returns undefined without limits. An unknown value is outside of every range. */
function toRange(from: number | undefined, to: number | undefined): ((values: Values) => boolean) | undefined {
  if (from === undefined && to === undefined) return undefined;
  return ([value]) => value !== undefined && Number(value) >= (from ?? -Infinity) && Number(value) <= (to ?? Infinity);
}

function includes({ startsAt, endsAt }: AvailabilityWindow, at: Date): boolean {
  return new Date(startsAt) <= at && (endsAt === undefined || at < new Date(endsAt));
}
