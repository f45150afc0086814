/** Values that the model does not measure. Change a value and run `npm run bench -- model --update-docs`. */
export interface Assumptions {
  /** Fraction of the concurrent viewers that watch. The others browse. */
  readonly watchingShare: number;
  /** Fraction of the browsing viewers that are signed in. Their requests bypass the response cache. */
  readonly signedInShare: number;
  /** Requests of a browsing viewer per minute, by kind. */
  readonly browsingPerMinute: Readonly<Record<BrowsingKind, number>>;
  /** Minutes from the start of a playback session to its end. */
  readonly sessionMinutes: number;
  readonly heartbeatSeconds: number;
  /** Minutes of video that are uploaded per day, per 1,000 concurrent viewers. */
  readonly uploadedMinutesPerDay: number;
  /** Short side of the rendition that an average viewer watches. */
  readonly watchedShortSide: number;
  /** Average of a day divided by the peak, for monthly amounts. */
  readonly averageToPeak: number;
  /** Cores of a process that are used at the peak. An autoscaler adds pods above this value. */
  readonly usedCoresPerPod: number;
  readonly prices: Prices;
}

export type BrowsingKind = 'home' | 'list' | 'title' | 'search';

/** US dollars per month. Typical list prices of large clouds in Europe, on this date. */
export interface Prices {
  readonly asOf: string;
  readonly core: number;
  /** A core of a managed PostgreSQL with a standby. */
  readonly databaseCore: number;
  readonly storageGb: number;
  /** A gigabyte through a CDN, at a volume discount. */
  readonly egressGb: number;
}

export const ASSUMPTIONS: Assumptions = {
  watchingShare: 0.7,
  signedInShare: 0.8,
  browsingPerMinute: { home: 1, list: 2, title: 2, search: 0.5 },
  sessionMinutes: 40,
  heartbeatSeconds: 9,
  uploadedMinutesPerDay: 10,
  watchedShortSide: 720,
  averageToPeak: 0.4,
  usedCoresPerPod: 0.6,
  prices: { asOf: '2026-11-01', core: 25, databaseCore: 110, storageGb: 0.023, egressGb: 0.01 },
};
