import { identify, isAlive, startTimeFromStat } from './process-identity.ts';

const TAIL = 'S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 777 20 21';

describe('process identity', () => {
  it('reads the start time behind a name with spaces and parentheses', () => {
    expect(startTimeFromStat(`42 (a (b) c) ${TAIL}`)).toBe('777');
  });

  it('takes a zombie for ended', () => {
    expect(startTimeFromStat(`42 (node) ${TAIL.replace('S', 'Z')}`)).toBeUndefined();
  });

  it('knows this process, and not another one with its id', () => {
    const self = identify(process.pid);
    expect(self && isAlive(self)).toBe(true);
    expect(isAlive({ pid: process.pid, startTime: 'another time' })).toBe(false);
  });
});
