/** Highest first: under overload, the requests of the last one are rejected first. */
export const PRIORITIES = ['playback', 'browsing', 'batch'] as const;

export type Priority = (typeof PRIORITIES)[number];

export const DEFAULT_PRIORITY: Priority = 'browsing';
