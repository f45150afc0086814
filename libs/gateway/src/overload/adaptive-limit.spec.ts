import { AdaptiveLimit } from './adaptive-limit.js';
import { PRIORITIES, type Priority } from '../routes/priority.js';
import { Pressure } from './priority.js';

type Load = Partial<Readonly<Record<Priority, number>>>;

/** The requests of one operation. */
class Flow {
  rejected = 0;
  readonly durations: number[] = [];
  due = 0;

  constructor(readonly limit: AdaptiveLimit) {}
}

/** A system that serves a limited number of concurrent requests of all operations. Others wait. Time is simulated. */
class SimulatedSystem {
  now = 0;
  capacity = 8;
  serviceMs = 8;
  readonly flows: Readonly<Record<Priority, Flow>>;
  private readonly queue: { readonly flow: Flow; readonly startedAt: number }[] = [];
  private served = 0;

  constructor() {
    const pressure = new Pressure();
    const toFlow = (priority: Priority) => new Flow(new AdaptiveLimit(priority, pressure, () => this.now));
    this.flows = { playback: toFlow('playback'), browsing: toFlow('browsing'), batch: toFlow('batch') };
  }

  get limit(): AdaptiveLimit {
    return this.flows.browsing.limit;
  }

  get durations(): readonly number[] {
    return this.flows.browsing.durations;
  }

  get rejected(): number {
    return this.flows.browsing.rejected;
  }

  /** Sends requests at a constant rate. @param load requests per millisecond, of one operation of each priority */
  run(seconds: number, load: Load | number): void {
    const rates = typeof load === 'number' ? { browsing: load } : load;
    for (const flow of Object.values(this.flows)) flow.rejected = flow.due = flow.durations.length = 0;
    for (const end = this.now + seconds * 1_000; this.now < end; this.now += 1) {
      for (const priority of PRIORITIES) this.send(this.flows[priority], rates[priority] ?? 0);
      for (this.served += this.capacity / this.serviceMs; this.served >= 1; this.served -= 1) this.finishOldest();
    }
  }

  private send(flow: Flow, requestsPerMs: number): void {
    for (flow.due += requestsPerMs; flow.due >= 1; flow.due -= 1) {
      const startedAt = flow.limit.tryAcquire();
      if (startedAt === undefined) flow.rejected += 1;
      else this.queue.push({ flow, startedAt });
    }
  }

  private finishOldest(): void {
    const [oldest] = this.queue;
    if (oldest === undefined || this.now - oldest.startedAt < this.serviceMs) return;
    const { flow, startedAt } = oldest;
    this.queue.shift();
    flow.durations.push(this.now - startedAt);
    flow.limit.release(startedAt, true);
  }
}

describe('an adaptive limit', () => {
  it('rejects nothing below the capacity, even if the latency rises and stays high', () => {
    const system = new SimulatedSystem();
    system.run(30, 0.8);
    expect(system.rejected).toBe(0);
    Object.assign(system, { serviceMs: 80, capacity: 80 });
    system.run(30, 0.3);
    expect(system.rejected).toBe(0);
  });

  it('serves at full capacity with a limited latency under a threefold load, however long it lasts', () => {
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

  it('limits the latency from the start of an overload', () => {
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

  it('accepts the same load as before within seconds after the overload', () => {
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
    // The same number of requests per second, but each takes ten times as long.
    Object.assign(system, { serviceMs: 80, capacity: 80 });
    system.run(30, 0.8);
    system.run(30, 0.8);
    expect(system.rejected).toBe(0);
  });

  it('ignores requests whose duration is unknown', () => {
    const limit = new AdaptiveLimit('browsing', new Pressure());
    for (let request = 0; request < 100; request += 1) {
      limit.release(limit.tryAcquire() ?? NaN, false);
    }
    expect([limit.inFlight, limit.limit]).toEqual([0, 1_000]);
  });
});

describe('the limits of operations with priorities', () => {
  /** @returns fractions of the requests of each priority that are admitted */
  const run = (system: SimulatedSystem, seconds: number, load: Required<Load>) => {
    system.run(seconds, load);
    const share = (priority: Priority): number =>
      1 - system.flows[priority].rejected / (seconds * 1_000 * load[priority]);
    return { playback: share('playback'), browsing: share('browsing'), batch: share('batch') };
  };
  const countServed = ({ flows }: SimulatedSystem): number =>
    PRIORITIES.reduce((sum, priority) => sum + flows[priority].durations.length, 0);

  it.each([0.2, 0.5, 0.8])('admits playback at %d of the capacity, and others up to the capacity', (playback) => {
    const system = new SimulatedSystem();
    system.run(5, { playback: playback / 2, browsing: 0.2, batch: 0.1 });
    const load = { playback, browsing: (3 - playback) / 2, batch: (3 - playback) / 2 };
    // From the first second on, and as long as the overload lasts.
    for (const seconds of [1, 9, 60]) {
      const admitted = run(system, seconds, load);
      expect(admitted.playback).toBeGreaterThan(0.95);
      expect(admitted.browsing).toBeGreaterThan(2 * admitted.batch);
      expect(countServed(system)).toBeGreaterThan(0.95 * seconds * 1_000);
    }
  });

  it('rejects batch requests before browsing ones', () => {
    const system = new SimulatedSystem();
    system.run(5, { browsing: 0.5, batch: 0.2 });
    const admitted = run(system, 30, { playback: 0.01, browsing: 0.9, batch: 0.5 });
    expect(admitted.browsing).toBeGreaterThan(0.95);
    expect(admitted.batch).toBeLessThan(0.5);
  });

  it('rejects no request below the capacity', () => {
    const system = new SimulatedSystem();
    expect(run(system, 30, { playback: 0.3, browsing: 0.3, batch: 0.2 })).toEqual({
      playback: 1,
      browsing: 1,
      batch: 1,
    });
  });

  it('admits batch requests again within seconds after the overload', () => {
    const system = new SimulatedSystem();
    system.run(5, { browsing: 0.5, batch: 0.2 });
    system.run(30, { browsing: 3, batch: 1 });
    system.run(2, { browsing: 0.3, batch: 0.2 });
    system.run(10, { browsing: 0.3, batch: 0.2 });
    expect([system.flows.browsing.rejected, system.flows.batch.rejected]).toEqual([0, 0]);
  });

  it('admits some requests of an operation that shares no bottleneck with an overloaded one', () => {
    const pressure = new Pressure();
    const hanging = new AdaptiveLimit('playback', pressure);
    const healthy = new AdaptiveLimit('browsing', pressure);
    while (hanging.tryAcquire() !== undefined);
    expect(Array.from({ length: 8 }, () => healthy.tryAcquire())).not.toContain(undefined);
    expect(healthy.tryAcquire()).toBeUndefined();
  });
});
