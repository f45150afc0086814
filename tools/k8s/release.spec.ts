import { assertNotPending, toRelease } from './release.ts';

test.each([undefined, 'deployed', 'failed', 'uninstalled'])('a release with status %s can be upgraded', (status) => {
  const release = status === undefined ? undefined : { status, lastGood: 1 };
  expect(() => assertNotPending(release, 'viernes')).not.toThrow();
});

test.each([
  ['pending-install', undefined, 'npm run k8s:down -- --namespace films'],
  ['pending-upgrade', 3, 'helm --namespace films rollback viernes 3'],
  ['pending-rollback', 3, 'helm --namespace films rollback viernes 3'],
])('a release with status %s is rejected with the command that repairs it', (status, lastGood, command) => {
  expect(() => assertNotPending({ status, lastGood }, 'films')).toThrow(command);
});

test('the last good revision is the deployed one, or the latest superseded one', () => {
  const revisions = (...statuses: readonly string[]) =>
    statuses.map((status, index) => ({ revision: index + 1, status }));
  expect(toRelease(revisions('superseded', 'deployed', 'failed', 'pending-rollback'))).toEqual({
    status: 'pending-rollback',
    lastGood: 2,
  });
  expect(toRelease(revisions('superseded', 'failed'))).toEqual({ status: 'failed', lastGood: 1 });
  expect(toRelease(revisions('pending-install'))).toEqual({ status: 'pending-install', lastGood: undefined });
  expect(toRelease([])).toBeUndefined();
});
