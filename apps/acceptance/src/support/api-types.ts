// What the API answers, as a client of it writes it down; the suite knows no code of the platform.

export interface Title {
  readonly id: string;
  readonly kind: 'film' | 'series';
  readonly name: string;
  readonly synopsis: string;
  readonly releaseYear: number | null;
  readonly genres: readonly string[];
  readonly directors: readonly string[];
  readonly isPlayable: boolean;
  readonly assetId: string | null;
  readonly durationMs: number | null;
}

export interface TitlePage {
  readonly titles: readonly Title[];
  readonly nextCursor: string | null;
}

export interface Home {
  readonly rows: readonly {
    readonly id: string;
    readonly name: string;
    readonly titles: readonly (Title & {
      readonly progress?: { readonly positionMs: number; readonly durationMs: number };
    })[];
  }[];
  readonly unavailableSources: readonly string[];
}

export interface Profile {
  readonly id: string;
  readonly name: string;
}

export interface Session {
  readonly sessionId: string;
  readonly accessToken: string;
  readonly accessExpiresAt: string;
  readonly account: { readonly id: string; readonly email: string; readonly role: 'viewer' | 'editor' };
  readonly profiles: readonly Profile[];
}

export interface Upload {
  readonly id: string;
  readonly titleId: string;
  readonly state: 'open' | 'completed' | 'aborted' | 'expired' | 'rejected';
  readonly partSizeBytes: number;
  readonly partCount: number;
  readonly uploadedParts: readonly { readonly partNumber: number; readonly sizeBytes: number }[];
  readonly assetId: string | null;
}

export interface PartAddress {
  readonly partNumber: number;
  readonly url: string;
  readonly sizeBytes: number;
}

export interface Rendition {
  readonly id: string;
  readonly kind: 'video' | 'audio';
  readonly name: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly state: 'queued' | 'running' | 'succeeded' | 'failed';
  readonly progress: number;
  readonly attempt: number;
}

export interface Asset {
  readonly id: string;
  readonly titleId: string;
  readonly state: 'uploaded' | 'processing' | 'playable' | 'ready' | 'failed';
  readonly sizeBytes: number;
  readonly durationMs: number | null;
  readonly failureCode: string | null;
  readonly renditions: readonly Rendition[];
}

export interface Playback {
  readonly id: string;
  readonly titleId: string;
  readonly assetId: string;
  readonly durationMs: number;
  readonly playlistUrl: string;
  readonly resumePositionMs: number;
  readonly heartbeatSeconds: number;
}

export interface ContinueWatching {
  readonly entries: readonly {
    readonly title: Title;
    readonly assetId: string;
    readonly positionMs: number;
    readonly durationMs: number;
  }[];
}
