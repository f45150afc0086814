import type { FieldChange } from './title-changes.js';

const EMPTY = 'none';

/** The values of a change as texts. Of lists, only the items that differ, unless only their order does. */
export function describeChange({ before, after }: Pick<FieldChange, 'before' | 'after'>): {
  readonly before: string;
  readonly after: string;
} {
  const [old, next] = [toItems(before), toItems(after)];
  const removed = old.filter((item) => !next.includes(item));
  const added = next.filter((item) => !old.includes(item));
  const isReordered = removed.length === 0 && added.length === 0;
  return { before: join(isReordered ? old : removed), after: join(isReordered ? next : added) };
}

function join(items: readonly string[]): string {
  return items.length === 0 ? EMPTY : items.join(', ');
}

function toItems(value: unknown): string[] {
  if (value === null || value === undefined || value === '') return [];
  return (Array.isArray(value) ? value : [value]).map(toText);
}

function toText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const item = value as Readonly<Record<string, unknown>>;
  if ('role' in item) return `${item['name']} (${[item['role'], item['character']].filter(Boolean).join(': ')})`;
  if ('url' in item) return `${item['kind']} ${item['url']}, ${item['widthPx']} × ${item['heightPx']}`;
  if ('startsAt' in item) return `${toMoment(item['startsAt'])} to ${toMoment(item['endsAt']) || 'no end'}`;
  return JSON.stringify(value);
}

function toMoment(value: unknown): string {
  if (typeof value !== 'string') return '';
  return new Date(value).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
