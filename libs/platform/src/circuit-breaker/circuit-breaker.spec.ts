import { CircuitBreaker, DEFAULT_CIRCUIT, type CallOutcome } from './circuit-breaker.js';

const { minimumCalls, windowMs, openMs, probes } = DEFAULT_CIRCUIT;

describe('CircuitBreaker', () => {
  let now: number;
  let breaker: CircuitBreaker;

  beforeEach(() => {
    now = 0;
    breaker = new CircuitBreaker(DEFAULT_CIRCUIT, () => now);
  });

  /** @returns how many of the calls were admitted */
  const makeCalls = (count: number, outcome: CallOutcome): number => {
    let admitted = 0;
    for (let call = 0; call < count; call += 1) {
      const recordOutcome = breaker.tryCall();
      recordOutcome?.(outcome);
      if (recordOutcome) admitted += 1;
    }
    return admitted;
  };

  it('opens when half of the calls fail, and rejects every call until openMs have passed', () => {
    makeCalls(minimumCalls / 2, 'success');
    expect(makeCalls(minimumCalls, 'failure')).toBe(minimumCalls / 2);
    expect(breaker.state).toBe('open');
    now += openMs - 1;
    expect(breaker.tryCall()).toBeUndefined();
  });

  it.each([
    ['there are only a few calls', minimumCalls - 1, 'failure' as const],
    ['the outcome of calls is unknown', minimumCalls * 2, 'unknown' as const],
    ['calls are successful', minimumCalls * 2, 'success' as const],
  ])('stays closed while %s', (_reason, count, outcome) => {
    expect(makeCalls(count, outcome)).toBe(count);
    expect(breaker.state).toBe('closed');
  });

  it('forgets the calls of the previous window', () => {
    makeCalls(minimumCalls * 10, 'success');
    now += windowMs;
    makeCalls(minimumCalls, 'failure');
    expect(breaker.state).toBe('open');
  });

  describe('after openMs', () => {
    beforeEach(() => {
      makeCalls(minimumCalls, 'failure');
      now += openMs;
    });

    it('admits one probe at a time, and closes after enough successful ones', () => {
      const recordOutcome = breaker.tryCall();
      expect(breaker.state).toBe('half-open');
      expect(breaker.tryCall()).toBeUndefined();
      recordOutcome?.('success');
      expect(makeCalls(probes - 1, 'success')).toBe(probes - 1);
      expect(breaker.state).toBe('closed');
      expect(makeCalls(minimumCalls - 1, 'failure')).toBe(minimumCalls - 1);
    });

    it('opens again when a probe fails', () => {
      expect(makeCalls(probes, 'failure')).toBe(1);
      expect(breaker.state).toBe('open');
      now += openMs;
      expect(makeCalls(1, 'success')).toBe(1);
    });

    it('admits another probe after one without a result', () => {
      expect(makeCalls(2, 'unknown')).toBe(2);
      expect(breaker.state).toBe('half-open');
    });
  });

  it('ignores the results of calls that were admitted before it opened', () => {
    const early = [breaker.tryCall(), breaker.tryCall()];
    makeCalls(minimumCalls, 'failure');
    now += openMs;
    const probe = breaker.tryCall();
    for (const recordOutcome of early) recordOutcome?.('failure');
    probe?.('success');
    expect(makeCalls(probes - 1, 'success')).toBe(probes - 1);
    expect(breaker.state).toBe('closed');
  });
});
