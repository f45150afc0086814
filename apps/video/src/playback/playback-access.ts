import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { PlaybackSessionRepository, type PlaybackSession } from './playback-session.repository.js';
import { isTokenValid } from './playback-token.js';

/** Authorizes reading one session's playlists and media, without an account. */
export interface PlaybackCredentials {
  readonly playbackId: string;
  readonly token: string;
}

@Injectable()
export class PlaybackAccess {
  constructor(private readonly sessions: PlaybackSessionRepository) {}

  /** @throws CodedError PLAYBACK_NOT_FOUND if the token is wrong, or if the session has ended or expired */
  async authorize(tx: Transaction, { playbackId, token }: PlaybackCredentials): Promise<PlaybackSession> {
    const session = await this.sessions.getLive(tx, playbackId);
    if (!isTokenValid(session.tokenHash, token)) {
      throw new CodedError('PLAYBACK_NOT_FOUND', { playbackId, token: 'wrong' });
    }
    return session;
  }
}
