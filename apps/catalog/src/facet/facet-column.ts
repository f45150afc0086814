import type { TitleFilter } from '../title/title.js';

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** A control character, which no value contains. */
export const SEPARATOR = '\u001f';

/** The values of a field of one title: none, one, or several. */
export type Values = readonly string[];

export interface ColumnOptions<Row> {
  /** Returns the values of a field, separated by SEPARATOR. */
  readonly read: (row: Row) => string;
  /** Returns a predicate for the values that a filter accepts, or undefined if it accepts all. */
  readonly toCondition: (filter: TitleFilter) => ((values: Values) => boolean) | undefined;
  /** Returns the facet values for which a title with these field values counts. */
  readonly toFacetValues: (values: Values) => Values;
}

/**
 * One field of all titles. Each distinct list of values has a number, so that a condition is evaluated once per list and
 * not once per title.
 */
export class FacetColumn<Row> {
  private readonly values: Values[] = [];
  private readonly numbers = new Map<string, number>();
  private numberOfTitle = new Uint32Array(1_024);

  constructor(private readonly options: ColumnOptions<Row>) {}

  /** Must be called in the order of the indexes. */
  set(index: number, row: Row): void {
    if (index === this.numberOfTitle.length) {
      const larger = new Uint32Array(2 * index);
      larger.set(this.numberOfTitle);
      this.numberOfTitle = larger;
    }
    const value = this.options.read(row);
    const known = this.numbers.get(value);
    const number = known ?? this.values.push(value === '' ? [] : value.split(SEPARATOR)) - 1;
    if (known === undefined) this.numbers.set(value, number);
    this.numberOfTitle[index] = number;
  }

  /**
   * Sets a bit in `rejected` for each title that the filter rejects by this field.
   *
   * @param titles the indexes of titles, in the order of `rejected`
   */
  reject(titles: Uint32Array, filter: TitleFilter, rejected: Uint8Array, bit: number): void {
    const accepts = this.options.toCondition(filter);
    if (!accepts) return;
    const bits = Uint8Array.from(this.values, (values) => (accepts(values) ? 0 : bit));
    for (let n = 0; n < titles.length; n += 1) {
      rejected[n] = (rejected[n] ?? 0) | (bits[this.getNumber(titles[n])] ?? 0);
    }
  }

  /** Counts the values of the titles that no other field rejects, most titles first. */
  count(titles: Uint32Array, rejected: Uint8Array, bit: number): FacetValue[] {
    const countOfNumber = new Uint32Array(this.values.length);
    for (let n = 0; n < titles.length; n += 1) {
      if (((rejected[n] ?? 0) & ~bit) !== 0) continue;
      const number = this.getNumber(titles[n]);
      countOfNumber[number] = (countOfNumber[number] ?? 0) + 1;
    }
    const counts = new Map<string, number>();
    this.values.forEach((each, number) => {
      const count = countOfNumber[number] ?? 0;
      if (count === 0) return;
      for (const value of this.options.toFacetValues(each)) counts.set(value, (counts.get(value) ?? 0) + count);
    });
    const facet = Array.from(counts, ([value, count]) => ({ value, count }));
    return facet.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  }

  private getNumber(index = 0): number {
    return this.numberOfTitle[index] ?? 0;
  }
}
