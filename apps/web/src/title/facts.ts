import type { Title } from '../api/types.js';

/** "2 h 5 min", "45 min", "30 s": as precise as a film's length needs to be. */
export function lengthText(durationMs: number): string {
  const minutes = Math.round(durationMs / 60_000);
  if (Math.round(durationMs / 1000) < 60) return `${Math.round(durationMs / 1000)} s`;
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The facts of a title in one line, in the order people ask for them; what is not known is left out. */
export function factsOf(title: Title): string[] {
  const durationMs = title.durationMs ?? (title.runtimeMinutes === null ? null : title.runtimeMinutes * 60_000);
  return [
    title.releaseYear === null ? '' : String(title.releaseYear),
    title.kind === 'series' ? 'Series' : '',
    durationMs === null ? '' : lengthText(durationMs),
    title.maturityRating ?? '',
  ].filter((fact) => fact !== '');
}

/** How far a viewer is, 0 to 1. */
export function watchedPart(progress: { readonly positionMs: number; readonly durationMs: number }): number {
  if (progress.durationMs <= 0) return 0;
  return Math.min(1, Math.max(0, progress.positionMs / progress.durationMs));
}
