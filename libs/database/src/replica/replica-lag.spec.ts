import { ReplicaLag } from './replica-lag.js';

describe('ReplicaLag', () => {
  it('returns no lag for equal positions, however old the latest commit is', () => {
    const lag = new ReplicaLag();
    expect(lag.compute({ missingBytes: 0, latestCommitSeconds: 3_600 }, 5_000)).toEqual({ bytes: 0, seconds: 0 });
    expect(lag.compute({ missingBytes: -48, latestCommitSeconds: null }, 6_000)).toEqual({ bytes: 0, seconds: 0 });
  });

  it('limits the lag to the time since the positions were equal: a commit after an idle hour is not an hour late', () => {
    const lag = new ReplicaLag();
    lag.compute({ missingBytes: 0, latestCommitSeconds: 3_600 }, 5_000);
    expect(lag.compute({ missingBytes: 200, latestCommitSeconds: 3_602 }, 7_000)).toEqual({ bytes: 200, seconds: 2 });
  });

  it('limits the lag to the age of the latest commit: a replica under constant load is always some bytes behind', () => {
    const lag = new ReplicaLag();
    lag.compute({ missingBytes: 0, latestCommitSeconds: 0 }, 0);
    expect(lag.compute({ missingBytes: 200, latestCommitSeconds: 0.1 }, 60_000)).toEqual({ bytes: 200, seconds: 0.1 });
  });

  it('returns an unlimited lag if neither time is known', () => {
    expect(new ReplicaLag().compute({ missingBytes: 1, latestCommitSeconds: null }, 0).seconds).toBe(Infinity);
  });
});
