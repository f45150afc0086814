/** A participant without a connection for this time is absent: it is not listed, and is no longer the host. */
export const ABSENT_AFTER_SECONDS = 8;

/** Maximum number of present participants of one party. */
export const MAX_PARTICIPANTS = 20;

/** Maximum number of parties of one account that are not deleted yet. */
export const MAX_PARTIES = 20;

/** Maximum number of stored texts of one party. Clients that join receive all of them. */
export const MAX_TEXTS = 100;

export interface Party {
  readonly id: string;
  readonly accountId: string;
  /** The film or the series whose page opened the party. */
  readonly titleId: string;
  /** The film or the episode that is played. */
  readonly videoId: string;
  /** Null if the title is unrated. */
  readonly minimumAge: number | null;
  readonly durationMs: number;
  /** The ID of a participant. */
  readonly hostId: string;
  readonly isPlaying: boolean;
  /** Position at the time `playbackAt`. */
  readonly positionMs: number;
  /** By the database clock. */
  readonly playbackAt: Date;
  /** Increases with each change of the playback or the host. */
  readonly revision: number;
  /** The number of the latest text. */
  readonly textCount: number;
}

export interface Participant {
  readonly id: string;
  readonly name: string;
}

/** A message of the chat. Named text, because each request and response of a stream is a message. */
export interface PartyText {
  /** 1, 2, 3, … in each party. */
  readonly number: number;
  readonly participantId: string;
  readonly name: string;
  readonly clientId: string;
  readonly text: string;
  readonly sentAt: Date;
}

/** The state of a party that its clients display. */
export interface PartySnapshot {
  readonly party: Party;
  /** Longest-present first. */
  readonly present: readonly Participant[];
  readonly texts: readonly PartyText[];
}

/** Identifies a state that clients display. */
export interface PartyVersion {
  readonly id: string;
  readonly revision: number;
  readonly textCount: number;
  /** Longest-present first. */
  readonly presentIds: readonly string[];
}

/** Returns equal keys for states that clients display equally. */
export function toVersionKey({ revision, textCount, presentIds }: Omit<PartyVersion, 'id'>): string {
  return [revision, textCount, ...presentIds].join(' ');
}
