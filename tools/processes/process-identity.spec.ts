import { identify, isAlive, parseStartTime } from './process-identity.ts';

const TAIL = 'S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 777 20 21';

describe('process identity', () => {
  it('parses the start time after a name with spaces and parentheses', () => {
    expect(parseStartTime(`42 (a (b) c) ${TAIL}`)).toBe('777');
  });

  it('returns no start time for a zombie', () => {
    expect(parseStartTime(`42 (node) ${TAIL.replace('S', 'Z')}`)).toBeUndefined();
  });

  it('distinguishes this process from another one with the same ID', () => {
    const self = identify(process.pid);
    expect(self && isAlive(self)).toBe(true);
    expect(isAlive({ pid: process.pid, startTime: 'another time' })).toBe(false);
  });
});
