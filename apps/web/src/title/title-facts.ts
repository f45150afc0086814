import type { Schema } from '@viernes/api-client';

/** Formats a duration as "2 h 5 min", "45 min" or "30 s". */
export function formatDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  const minutes = Math.round(durationMs / 60_000);
  if (seconds < 60) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

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
  if (count === null) return 'Series';
  return count === 1 ? '1 season' : `${count} seasons`;
}

/** Returns the watched fraction of a title, 0 to 1. */
export function watchedFraction({ positionMs, durationMs }: Schema<'WatchProgress'>): number {
  if (durationMs <= 0) return 0;
  return Math.min(1, Math.max(0, positionMs / durationMs));
}
