import { Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';

/** The samples of a minute, at one measurement every two seconds. Older ones are outdated, because clocks drift. */
const MAX_SAMPLES = 30;

export interface ClockSample {
  /** Time of the database minus that of this process, in milliseconds. */
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

/** Selects the offset with the shortest round trip, whose error is at most half of it (NTP, RFC 5905 section 10). */
export function selectOffsetMs(samples: readonly ClockSample[]): number {
  const [first, ...others] = samples;
  if (!first) return 0;
  return others.reduce((best, sample) => (sample.roundTripMs < best.roundTripMs ? sample : best), first).offsetMs;
}

/**
 * The clock of all parties: that of the database, which all replicas share. Clients measure it with pings, so that the
 * times in the state of a party have the same meaning on each replica.
 */
@Injectable()
export class PartyClock {
  private samples: readonly ClockSample[] = [];

  get isMeasured(): boolean {
    return this.samples.length > 0;
  }

  /** @returns epoch milliseconds */
  now(): number {
    return localNow() + selectOffsetMs(this.samples);
  }

  async measure(tx: Transaction): Promise<void> {
    const sentAt = localNow();
    // Raw SQL: the query builder has no SELECT without a table.
    const [row] = await tx.query<{ nowMs: number }[]>(
      'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float AS "nowMs"',
    );
    const receivedAt = localNow();
    if (!row) return;
    const sample = { offsetMs: row.nowMs - (sentAt + receivedAt) / 2, roundTripMs: receivedAt - sentAt };
    this.samples = [...this.samples.slice(1 - MAX_SAMPLES), sample];
  }
}

/** Unlike Date.now(), it never jumps. */
function localNow(): number {
  return performance.timeOrigin + performance.now();
}
