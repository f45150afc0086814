import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { formatMinutes, formatMoment } from '../../language/format.js';
import type { FieldChange } from './field-changes.js';

/** Describes the values of a change. For lists, names only the items that differ, unless only their order differs. */
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
  return items.length === 0 ? t('editor.changes.none') : items.join(', ');
}

function toItems(value: unknown): string[] {
  if (value === null || value === undefined || value === '') return [];
  return (Array.isArray(value) ? value : [value]).map(toText);
}

function toText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const item = value as Readonly<Record<string, unknown>>;
  if ('role' in item) return toCreditText(item as unknown as CreditInput);
  if ('url' in item) return toArtworkText(item as unknown as Schema<'Artwork'>);
  if ('startsAt' in item) return toWindowText(item as unknown as Schema<'AvailabilityWindow'>);
  if ('synopsis' in item) return toEpisodeText(item as unknown as Schema<'EpisodeInput'>);
  return JSON.stringify(value);
}

export function toEpisodeText({ name, synopsis, runtimeMinutes, releasedOn }: Schema<'EpisodeInput'>): string {
  const runtime = runtimeMinutes === undefined ? '' : formatMinutes(runtimeMinutes);
  return [name, runtime, releasedOn, synopsis].filter(Boolean).join(', ');
}

type CreditInput = NonNullable<Schema<'NewTitle'>['credits']>[number];

function toCreditText({ name, role, character }: CreditInput): string {
  const roleText = [t(`roles.${role}`), character].filter(Boolean).join(': ');
  return t('editor.changes.credit', { name, role: roleText });
}

function toArtworkText({ kind, url, widthPx, heightPx }: Schema<'Artwork'>): string {
  const name = t(`editor.artwork.kinds.${kind}`);
  return t('editor.changes.image', { kind: name, url, width: widthPx, height: heightPx });
}

function toWindowText({ startsAt, endsAt }: Schema<'AvailabilityWindow'>): string {
  const end = endsAt ? formatMoment(endsAt) : t('editor.changes.noEnd');
  return t('editor.changes.window', { start: formatMoment(startsAt), end });
}
