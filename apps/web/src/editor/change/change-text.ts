import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { formatMinutes, formatMoment } from '../../language/format.js';
import type { FieldChange } from './field-changes.js';

/** Describes the values of a change. For a list, describes only the items that differ, unless only their order differs. */
export function describeChange({ before, after }: Pick<FieldChange, 'before' | 'after'>): {
  readonly before: string;
  readonly after: string;
} {
  const [old, next] = [toItems(before), toItems(after)];
  const removed = without(old, next);
  const added = without(next, old);
  const isReordered = removed.length === 0 && added.length === 0;
  return { before: toTexts(isReordered ? old : removed), after: toTexts(isReordered ? next : added) };
}

function toItems(value: unknown): readonly unknown[] {
  if (value === null || value === undefined || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

/** Compares complete items, because their texts do not contain all of their fields. */
function without(items: readonly unknown[], excluded: readonly unknown[]): readonly unknown[] {
  const excludedJson = new Set(excluded.map((item) => JSON.stringify(item)));
  return items.filter((item) => !excludedJson.has(JSON.stringify(item)));
}

function toTexts(items: readonly unknown[]): string {
  return items.length === 0 ? t('editor.changes.none') : items.map(toText).join(', ');
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

function toArtworkText({ kind, url, widthPx, heightPx, alternativeText }: Schema<'Artwork'>): string {
  const name = t(`editor.artwork.kinds.${kind}`);
  const image = t('editor.changes.image', { kind: name, url, width: widthPx, height: heightPx });
  return [image, alternativeText].filter(Boolean).join(', ');
}

function toWindowText({ startsAt, endsAt }: Schema<'AvailabilityWindow'>): string {
  const end = endsAt ? formatMoment(endsAt) : t('editor.changes.noEnd');
  return t('editor.changes.window', { start: formatMoment(startsAt), end });
}
