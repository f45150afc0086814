/** What the edge says over HTTP, as TypeScript. Names and units are those of its OpenAPI document. */

export type Role = 'viewer' | 'editor';
export type TitleKind = 'film' | 'series';

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
}

export interface Profile {
  readonly id: string;
  readonly name: string;
}

export interface Session {
  readonly sessionId: string;
  readonly accessToken: string;
  readonly accessExpiresAt: string;
  readonly account: Account;
  readonly profiles: readonly Profile[];
}

export interface Title {
  readonly id: string;
  readonly kind: TitleKind;
  readonly name: string;
  readonly synopsis: string;
  readonly releaseYear: number | null;
  readonly genres: readonly string[];
  readonly directors: readonly string[];
  readonly maturityRating: string | null;
  readonly runtimeMinutes: number | null;
  readonly score: number | null;
  readonly isPlayable: boolean;
  readonly assetId: string | null;
  readonly durationMs: number | null;
  readonly createdAt: string;
}

export interface Progress {
  readonly positionMs: number;
  readonly durationMs: number;
}

export interface TitlePage {
  readonly titles: readonly Title[];
  readonly nextCursor: string | null;
}

export interface NewTitle {
  readonly kind: TitleKind;
  readonly name: string;
  readonly synopsis?: string;
  readonly releaseYear?: number;
  readonly genres?: readonly string[];
}

export type HomeTitle = Title & { readonly progress?: Progress };

export interface HomeRow {
  readonly id: string;
  readonly name: string;
  readonly titles: readonly HomeTitle[];
}

export interface Home {
  readonly rows: readonly HomeRow[];
  readonly unavailableSources: readonly string[];
}

export interface ContinueWatching {
  readonly entries: readonly (Progress & {
    readonly title: Title;
    readonly assetId: string;
    readonly watchedAt: string;
  })[];
}

export interface UploadedPart {
  readonly partNumber: number;
  readonly sizeBytes: number;
}

export interface Upload {
  readonly id: string;
  readonly titleId: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly state: 'open' | 'completed' | 'aborted' | 'expired' | 'rejected';
  readonly partSizeBytes: number;
  readonly partCount: number;
  readonly uploadedParts: readonly UploadedPart[];
  readonly expiresAt: string;
  readonly assetId: string | null;
}

export interface PresignedPart {
  readonly partNumber: number;
  readonly url: string;
  readonly sizeBytes: number;
}

export interface PresignedParts {
  readonly parts: readonly PresignedPart[];
  readonly expiresAt: string;
}

export interface Rendition {
  readonly id: string;
  readonly kind: 'video' | 'audio';
  readonly name: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly bitrateBps: number;
  readonly state: 'queued' | 'running' | 'succeeded' | 'failed';
  /** 0 to 1. */
  readonly progress: number;
  /** 1 for the first try. */
  readonly attempt: number;
}

export interface Asset {
  readonly id: string;
  readonly titleId: string;
  readonly state: 'uploaded' | 'processing' | 'playable' | 'ready' | 'failed';
  readonly sizeBytes: number;
  readonly fileName: string;
  readonly durationMs: number | null;
  readonly failureCode: string | null;
  readonly renditions: readonly Rendition[];
  readonly jobsAhead: number;
  readonly createdAt: string;
}

export interface Playback {
  readonly id: string;
  readonly titleId: string;
  readonly assetId: string;
  readonly durationMs: number;
  readonly playlistUrl: string;
  readonly resumePositionMs: number;
  readonly heartbeatSeconds: number;
  readonly expiresAt: string;
}

/** RFC 9457, with our code. */
export interface ProblemBody {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly traceId?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}
