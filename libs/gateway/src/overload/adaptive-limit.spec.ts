import { AdaptiveLimit } from './adaptive-limit.js';

/** A system that serves a number of requests concurrently. The others wait. Time is simulated. */
class SimulatedSystem {
  now = 0;
  capacity = 8;
  serviceMs = 8;
  rejected = 0;
  readonly durations: number[] = [];
  readonly limit = new AdaptiveLimit(() => this.now);
  private readonly queue: number[] = [];
  private served = 0;

  /** Sends requests at a constant rate. */
  run(seconds: number, requestsPerMs: number): void {
    this.rejected = this.durations.length = 0;
    let due = 0;
    for (const end = this.now + seconds * 1_000; this.now < end; this.now += 1) {
      for (due += requestsPerMs; due >= 1; due -= 1) {
        const startedAt = this.limit.tryAcquire();
        if (startedAt === undefined) this.rejected += 1;
        else this.queue.push(startedAt);
      }
      for (this.served += this.capacity / this.serviceMs; this.served >= 1; this.served -= 1) this.finishOldest();
    }
  }

  private finishOldest(): void {
    const [startedAt] = this.queue;
    if (startedAt === undefined || this.now - startedAt < this.serviceMs) return;
    this.queue.shift();
    this.durations.push(this.now - startedAt);
    this.limit.release(startedAt, true);
  }
}

describe('an adaptive limit', () => {
  it('rejects nothing below the capacity, also if the latency rises and stays high', () => {
    const system = new SimulatedSystem();
    system.run(30, 0.8);
    expect(system.rejected).toBe(0);
    Object.assign(system, { serviceMs: 80, capacity: 80 });
    system.run(30, 0.3);
    expect(system.rejected).toBe(0);
  });

  it('under three times overload, completes what the system can, with a bounded latency, for as long as it lasts', () => {
    const system = new SimulatedSystem();
    system.run(5, 0.8);
    system.run(2, 3);
    for (let minute = 0; minute < 3; minute += 1) {
      system.run(60, 3);
      expect(system.durations.length).toBeGreaterThan(0.95 * 60_000);
      // 8 ms without load.
      expect(Math.max(...system.durations)).toBeLessThanOrEqual(32);
      expect(system.rejected).toBeGreaterThan(110_000);
    }
  });

  it('bounds the latency from the start of an overload', () => {
    const system = new SimulatedSystem();
    system.run(5, 0.8);
    system.run(1, 3);
    // 64 requests are admitted before the limit applies. The system completes one per millisecond.
    expect(Math.max(...system.durations)).toBeLessThanOrEqual(80);
    expect(system.durations.length).toBeGreaterThan(950);
  });

  it('admits a burst of requests that starts at the same time, and more than 64 that are not delayed', () => {
    const system = new SimulatedSystem();
    system.run(5, 0.8);
    const burst = Array.from({ length: 500 }, () => system.limit.tryAcquire());
    expect(burst).not.toContain(undefined);
    for (const startedAt of burst) system.limit.release(startedAt ?? NaN, false);
    Object.assign(system, { capacity: 200 });
    system.run(5, 20);
    expect(system.rejected).toBe(0);
  });

  it('accepts as much as before within seconds after the overload', () => {
    const system = new SimulatedSystem();
    system.run(5, 0.8);
    system.run(30, 3);
    const limit = system.limit.limit;
    system.run(20, 0.5);
    expect([system.rejected, system.limit.inFlight > 8]).toEqual([0, false]);
    expect(system.limit.limit).toBeGreaterThan(10 * limit);
  });

  it('accepts 64 concurrent requests half a second after the overload', () => {
    const system = new SimulatedSystem();
    system.run(5, 0.8);
    system.run(30, 3);
    system.run(0.1, 0);
    expect(system.limit.limit).toBeLessThan(64);
    system.now += 500;
    for (let request = 0; request < 80; request += 1) system.limit.tryAcquire();
    expect(system.limit.inFlight).toBe(64);
  });

  it('follows a lasting change of the latency', () => {
    const system = new SimulatedSystem();
    system.run(5, 0.8);
    // As many requests per second, but each takes ten times as long.
    Object.assign(system, { serviceMs: 80, capacity: 80 });
    system.run(30, 0.8);
    system.run(30, 0.8);
    expect(system.rejected).toBe(0);
  });

  it('ignores requests whose duration is unknown', () => {
    const limit = new AdaptiveLimit();
    for (let request = 0; request < 100; request += 1) {
      limit.release(limit.tryAcquire() ?? NaN, false);
    }
    expect([limit.inFlight, limit.limit]).toEqual([0, 1_000]);
  });
});
