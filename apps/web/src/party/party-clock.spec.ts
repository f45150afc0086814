import { PartyClock } from './party-clock.js';

describe('PartyClock', () => {
  it('assumes that both directions of the shortest round trip took the same time', () => {
    let localMs = 0;
    const clock = new PartyClock(() => localMs);
    const ping = (thereMs: number, backMs: number): void => {
      const sentAtMs = clock.pingTime();
      localMs += thereMs;
      const serverTimeMs = localMs + 50_000;
      localMs += backMs;
      clock.addPong(sentAtMs, serverTimeMs);
    };
    ping(400, 10);
    expect(Math.abs(clock.now() - localMs - 50_000)).toBe(195);
    ping(12, 10);
    ping(10, 300);
    expect(Math.abs(clock.now() - localMs - 50_000)).toBe(1);
  });

  it('discards old samples, because clocks drift', () => {
    let localMs = 0;
    const clock = new PartyClock(() => localMs);
    const ping = (roundTripMs: number, offsetMs: number): void => {
      const sentAtMs = clock.pingTime();
      localMs += roundTripMs;
      clock.addPong(sentAtMs, localMs - roundTripMs / 2 + offsetMs);
    };
    ping(2, 1_000);
    for (let index = 0; index < 11; index += 1) ping(20, 1_080);
    expect(clock.now() - localMs).toBe(1_000);
    ping(20, 1_080);
    expect(clock.now() - localMs).toBe(1_080);
  });
});
