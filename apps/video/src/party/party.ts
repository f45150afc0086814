/** A participant without a connection for this long is absent: it is not listed, and no longer the host. */
export const ABSENT_AFTER_SECONDS = 8;

/** Present participants of one party. */
export const MAX_PARTICIPANTS = 20;

/** Parties of one account that are not deleted yet. */
export const MAX_PARTIES = 20;

/** Messages of one party that are stored. Clients that join receive all of them. */
export const MAX_TEXTS = 100;

export interface Party {
  readonly id: string;
  readonly accountId: string;
  /** Of the page of the title: the film or the series. */
  readonly titleId: string;
  /** The film or the episode. */
  readonly videoId: string;
  /** Null: an unrated title. */
  readonly minimumAge: number | null;
  readonly durationMs: number;
  /** A participant. */
  readonly hostId: string;
  readonly isPlaying: boolean;
  /** Position at the time `playbackAt`. */
  readonly positionMs: number;
  /** By the database clock. */
  readonly playbackAt: Date;
  /** Increases with each change of the playback or the host. */
  readonly revision: number;
  /** The number of the latest message. */
  readonly textCount: number;
}

export interface Participant {
  readonly id: string;
  readonly name: string;
}

export interface PartyText {
  /** 1, 2, 3 in each party. */
  readonly number: number;
  readonly participantId: string;
  readonly name: string;
  readonly clientId: string;
  readonly text: string;
  readonly sentAt: Date;
}

/** What the clients of a party see. */
export interface PartySnapshot {
  readonly party: Party;
  /** Longest-present first. */
  readonly present: readonly Participant[];
  readonly texts: readonly PartyText[];
}

/** Identifies what clients see, without the messages. */
export interface PartyVersion {
  readonly id: string;
  readonly revision: number;
  readonly textCount: number;
  /** Longest-present first. */
  readonly presentIds: readonly string[];
}

/** Returns a text that differs if and only if clients see a difference. */
export function toVersionKey({ revision, textCount, presentIds }: Omit<PartyVersion, 'id'>): string {
  return [revision, textCount, ...presentIds].join(' ');
}
