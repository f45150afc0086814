import { podList, progressLine, progressOf } from './pods.ts';

const ready = { conditions: [{ type: 'Ready', status: 'True' }] };
const notReady = { conditions: [{ type: 'Ready', status: 'False' }] };

function podsOf(pods: Readonly<Record<string, object>>, component = 'catalog') {
  const items = Object.entries(pods).map(([name, status]) => ({
    metadata: { name, labels: { 'app.kubernetes.io/component': component } },
    status,
  }));
  return podList.parse({ items });
}

function container(rest: object) {
  return { containerStatuses: [{ name: 'app', ready: false, restartCount: 0, ...rest }] };
}

test('ready pods are counted, the others tell what they wait for', () => {
  const {
    ready: count,
    total,
    waiting,
  } = progressOf(
    podsOf({
      a: ready,
      b: { ...notReady, ...container({ state: { waiting: { reason: 'ContainerCreating' } } }) },
      c: { ...notReady, ...container({ state: {} }) },
      d: {},
    }),
  );
  expect({ count, total }).toEqual({ count: 1, total: 4 });
  expect(waiting).toEqual([
    { name: 'b', reason: 'being created', isTrouble: false },
    { name: 'c', reason: 'starting', isTrouble: false },
    { name: 'd', reason: 'being scheduled', isTrouble: false },
  ]);
});

test.each([
  ['no image', container({ state: { waiting: { reason: 'ErrImageNeverPull' } } }), 'ErrImageNeverPull'],
  [
    'a crash',
    container({
      restartCount: 2,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { reason: 'Error', exitCode: 1 } },
    }),
    'ended with exit code 1, 2 restarts',
  ],
  [
    'too little memory',
    container({ restartCount: 1, lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } } }),
    'ended with OOMKilled, 1 restarts',
  ],
  [
    'no room',
    {
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          message: '0/1 nodes are available: 1 Insufficient cpu. no new claims.',
        },
      ],
    },
    '0/1 nodes are available: 1 Insufficient cpu',
  ],
])('%s is trouble', (_, status, reason) => {
  expect(progressOf(podsOf({ p: status })).waiting).toEqual([{ name: 'p', reason, isTrouble: true }]);
});

test('an init container that is done is no trouble', () => {
  const status = {
    ...notReady,
    initContainerStatuses: [
      { name: 'i', ready: true, restartCount: 0, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
    ],
    ...container({ state: { waiting: { reason: 'PodInitializing' } } }),
  };
  expect(progressOf(podsOf({ p: status })).waiting).toEqual([{ name: 'p', reason: 'being created', isTrouble: false }]);
});

test('pods that go, and jobs, do not count', () => {
  expect(progressOf(podsOf({ seed: notReady }, 'cli')).total).toBe(0);
  const going = { items: [{ metadata: { name: 'old', deletionTimestamp: '2026-01-01T00:00:00Z' }, status: notReady }] };
  expect(progressOf(podList.parse(going)).total).toBe(0);
});

test('the line names trouble first, and fits', () => {
  const progress = {
    ready: 1,
    total: 3,
    waiting: [
      { name: 'a', reason: 'starting', isTrouble: false },
      { name: 'b', reason: 'ErrImagePull', isTrouble: true },
    ],
  };
  expect(progressLine(progress, 80)).toBe('1 of 3 pods ready; b: ErrImagePull, a: starting');
  expect(progressLine(progress, 30)).toBe('1 of 3 pods ready; b: ErrImag…');
  expect(progressLine({ ...progress, waiting: [] }, 80)).toBe('1 of 3 pods ready');
});
