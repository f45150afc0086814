import { expectNoOtherHelm, releaseIn } from './release.ts';

test.each([undefined, 'deployed', 'failed', 'uninstalled'])('a release that is %s can be worked on', (state) => {
  const release = state === undefined ? undefined : { state, lastGood: 1 };
  expect(() => expectNoOtherHelm(release, 'viernes')).not.toThrow();
});

test.each([
  ['pending-install', undefined, 'npm run k8s:down -- --namespace films'],
  ['pending-upgrade', 3, 'helm --namespace films rollback viernes 3'],
  ['pending-rollback', 3, 'helm --namespace films rollback viernes 3'],
])('one that is %s is not, and the way out is told', (state, lastGood, mend) => {
  expect(() => expectNoOtherHelm({ state, lastGood }, 'films')).toThrow(mend);
});

test('the last good revision is the one deployed, else the newest that once was', () => {
  const revisions = (...statuses: readonly string[]) =>
    statuses.map((status, index) => ({ revision: index + 1, status }));
  expect(releaseIn(revisions('superseded', 'deployed', 'failed', 'pending-rollback'))).toEqual({
    state: 'pending-rollback',
    lastGood: 2,
  });
  expect(releaseIn(revisions('superseded', 'failed'))).toEqual({ state: 'failed', lastGood: 1 });
  expect(releaseIn(revisions('pending-install'))).toEqual({ state: 'pending-install', lastGood: undefined });
  expect(releaseIn([])).toBeUndefined();
});
