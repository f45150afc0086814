import { Injectable } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { CleanupScheduler } from '../background/cleanup-scheduler.js';
import { PlaybackSessionRepository } from './playback-session.repository.js';

/** Long enough to investigate a reported problem. */
const RETENTION_DAYS = 7;

/** Deletes playback sessions that expired RETENTION_DAYS ago. */
@Injectable()
export class SessionCleanup {
  constructor(sessions: PlaybackSessionRepository, transactions: Transactions, cleanups: CleanupScheduler) {
    cleanups.add('playback session cleanup', () =>
      transactions.run((tx) => sessions.deleteExpired(tx, RETENTION_DAYS)),
    );
  }
}
