import { splitList } from './list-cell.js';
import type { TitleField } from './columns.js';
import type { Mapping } from './mapping.js';
import type { IssueReason, ReasonCode, RowIssue } from './row-issue.js';

/** The cells of a row by the fields that have a column. */
export type Cells = Readonly<Partial<Record<TitleField, string>>>;

interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

/** Reads the values of one row and collects their issues. */
export class RowReader {
  readonly #issues: RowIssue[] = [];

  constructor(
    private readonly cells: Cells,
    private readonly mapping: Mapping,
  ) {}

  get issues(): readonly RowIssue[] {
    return this.#issues;
  }

  /** @param replaced fields whose repairs have no effect */
  issuesExcept(replaced: ReadonlySet<TitleField>): readonly RowIssue[] {
    const columns = new Set([...replaced].map((field) => this.#toColumn(field)));
    return this.#issues.filter(({ field }) => !columns.has(field));
  }

  has(field: TitleField): boolean {
    return this.cells[field] !== undefined;
  }

  /** @returns the value without spaces around it, or the default of the mapping */
  text(field: TitleField): string {
    const text = this.cells[field]?.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '') ?? '';
    return text === '' || this.mapping.missingValues.has(text) ? (this.mapping.defaults[field] ?? '') : text;
  }

  /** @returns the items of a list, including empty ones. Missing values are empty */
  items(field: TitleField): string[] {
    const items = splitList(this.text(field), this.mapping.listSeparator(field));
    return items.map((item) => (this.mapping.missingValues.has(item) ? '' : item));
  }

  /** @returns the items of a list without empty ones, which are reported */
  list(field: TitleField): string[] {
    const cell = this.text(field);
    const items = splitList(cell, this.mapping.listSeparator(field)).filter(
      (item) => !this.mapping.missingValues.has(item),
    );
    const filled = items.filter((item) => item !== '');
    if (filled.length < items.length) {
      this.report('repaired', field, 'emptyItem', cell, filled.join(', '));
    }
    return filled;
  }

  find<Value>(field: TitleField, values: ReadonlyMap<string, Value>): Value | undefined {
    return values.get(this.text(field).toLowerCase());
  }

  /** @returns undefined for an empty text, and for one that is not a number in the range, which is reported */
  number(
    field: TitleField,
    text: string,
    { minimum, maximum }: Range,
    { isInteger = true, before = text } = {},
  ): number | undefined {
    if (text === '') return undefined;
    const isNumber = (isInteger ? /^\d+(?:\.0+)?$/ : /^\d+(?:[.,]\d+)?$/).test(text);
    const value = isNumber ? Number(text.replace(',', '.')) : NaN;
    if (value >= minimum && value <= maximum) return value;
    const reason = { code: isInteger ? 'notAnInteger' : 'notANumber', values: { minimum, maximum } } as const;
    this.report('dropped', field, reason, before, '');
    return undefined;
  }

  /** Returns at most `maxItems` items, without repetitions. Reports repetitions once, and each item above the limit. */
  unique<Item>(field: TitleField, items: readonly Item[], toKey: (item: Item) => string, maxItems: number): Item[] {
    const byKey = new Map<string, Item>();
    for (const item of items) {
      const key = toKey(item);
      if (!byKey.has(key)) byKey.set(key, item);
    }
    if (byKey.size < items.length) {
      this.report('repaired', field, 'repeatedItem', this.text(field), [...byKey.keys()].join(', '));
    }
    const kept = [...byKey.values()].slice(0, maxItems);
    for (const omitted of [...byKey.keys()].slice(maxItems)) {
      this.report('dropped', field, { code: 'tooManyItems', values: { count: maxItems } }, omitted, '');
    }
    return kept;
  }

  reporter(field: TitleField) {
    return (reason: ReasonCode, before: string, after: string) => this.report('repaired', field, reason, before, after);
  }

  reject(field: TitleField, reason: ReasonCode): void {
    this.report('rejected', field, reason, this.text(field), '');
  }

  report(
    action: RowIssue['action'],
    field: TitleField,
    found: ReasonCode | IssueReason,
    before: string,
    after: string,
  ): void {
    const reason = typeof found === 'string' ? { code: found } : found;
    this.#issues.push({ action, field: this.#toColumn(field), reason, before, after });
  }

  #toColumn(field: TitleField): string {
    return this.mapping.columns[field] ?? field;
  }
}
