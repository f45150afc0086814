import { expectNoOtherHelm } from './release.ts';

test.each([undefined, 'deployed', 'failed', 'uninstalled'])('a release that is %s can be worked on', (state) => {
  expect(() => expectNoOtherHelm(state, 'viernes')).not.toThrow();
});

test.each([
  ['pending-install', 'npm run k8s:down -- --namespace films'],
  ['pending-upgrade', 'helm --namespace films rollback viernes'],
  ['pending-rollback', 'helm --namespace films rollback viernes'],
])('one that is %s is not, and the way out is told', (state, mend) => {
  expect(() => expectNoOtherHelm(state, 'films')).toThrow(mend);
});
