import { judgeVersions, majorMinor } from './versions.ts';

const fine = { helm: 'v3.19.0', kubectl: 'v1.34.1', server: 'v1.35.4+k3s1' };

test('versions are read from what the programs print', () => {
  expect(majorMinor('v1.35.4+k3s1')).toEqual([1, 35]);
  expect(majorMinor('4.3.1\n')).toEqual([4, 3]);
  expect(() => majorMinor('unknown')).toThrow('not a version: unknown');
});

test('new enough, and near enough, is fine', () => {
  expect(judgeVersions(fine)).toEqual({ faults: [], warnings: [] });
  expect(judgeVersions({ ...fine, helm: 'v4.0.0' }).faults).toEqual([]);
});

test('what is too old is named with what is needed', () => {
  expect(judgeVersions({ helm: 'v3.13.9', kubectl: 'v1.28.0', server: 'v1.28.0' }).faults).toEqual([
    'helm 3.14 or newer is needed; this is v3.13.9.',
    'Kubernetes 1.29 or newer is needed; the cluster is v1.28.0.',
  ]);
});

test('a kubectl that is far away is told, and goes on', () => {
  expect(judgeVersions({ ...fine, kubectl: 'v1.30.0' })).toEqual({
    faults: [],
    warnings: ["kubectl v1.30.0 is 5 minor versions away from the cluster's v1.35.4+k3s1."],
  });
});
