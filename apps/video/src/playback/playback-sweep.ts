import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Transactions } from '@viernes/database';
import { Sweeps } from '../background/sweeps.js';
import { PlaybackRepository } from './playback.repository.js';

/** Long enough to answer a question about last night, short enough that the table stays small. */
const KEEP_DAYS = 7;

@Injectable()
export class PlaybackSweep implements OnModuleInit {
  constructor(
    private readonly sweeps: Sweeps,
    private readonly sessions: PlaybackRepository,
    private readonly transactions: Transactions,
  ) {}

  onModuleInit(): void {
    this.sweeps.add('old playback sessions', () =>
      this.transactions.run((tx) => this.sessions.deleteOld(tx, KEEP_DAYS)),
    );
  }
}
