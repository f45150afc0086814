/** Enough to find a short round trip, and few enough to follow the drift of two clocks. */
const MAX_SAMPLES = 12;

interface Sample {
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

/**
 * Estimates the time of a party from pings, as NTP does. The sample with the shortest round trip has the smallest
 * error.
 */
export class PartyClock {
  private samples: readonly Sample[] = [];

  /** @param localNow a monotonic clock, in milliseconds */
  constructor(private readonly localNow: () => number = () => performance.now()) {}

  get isMeasured(): boolean {
    return this.samples.length > 0;
  }

  /** @returns the time of the party in epoch milliseconds, or the local time until `isMeasured` is true */
  now(): number {
    const [first, ...others] = this.samples;
    if (!first) return this.localNow();
    const best = others.reduce((one, other) => (other.roundTripMs < one.roundTripMs ? other : one), first);
    return this.localNow() + best.offsetMs;
  }

  /** @returns the value to send with a ping */
  pingTime(): number {
    return this.localNow();
  }

  /** @param sentAtMs the value of the ping */
  addPong(sentAtMs: number, serverTimeMs: number): void {
    const receivedAtMs = this.localNow();
    const sample = {
      offsetMs: serverTimeMs - (sentAtMs + receivedAtMs) / 2,
      roundTripMs: receivedAtMs - sentAtMs,
    };
    this.samples = [...this.samples.slice(1 - MAX_SAMPLES), sample];
  }
}
