import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { formatDuration } from '../language/format.js';

/** Lists the known facts of a title for one line: year, kind, duration, rating. */
export function listFacts(title: Schema<'Title'>): string[] {
  const durationMs = title.durationMs ?? (title.runtimeMinutes === null ? null : title.runtimeMinutes * 60_000);
  return [
    title.releaseYear === null ? '' : String(title.releaseYear),
    title.kind === 'series' ? formatSeasons(title.seasonCount) : '',
    durationMs === null || title.kind === 'series' ? '' : formatDuration(durationMs),
    title.maturityRating ?? '',
  ].filter((fact) => fact !== '');
}

function formatSeasons(count: number | null): string {
  return count === null ? t('title.series') : t('title.seasonCount', { count });
}

/** Names a season by its number. Season 0 contains the specials. */
export function formatSeasonNumber(number: number): string {
  return number === 0 ? t('common.specials') : t('common.season', { number });
}

/** Returns the watched fraction of a title, 0 to 1. */
export function watchedFraction({ positionMs, durationMs }: Schema<'WatchProgress'>): number {
  if (durationMs <= 0) return 0;
  return Math.min(1, Math.max(0, positionMs / durationMs));
}
