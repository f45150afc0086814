import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { kubectl } from './command.js';
import { waitUntilPlatformIsReady, playableTitle, restarts } from './platform.js';
import { BACKING, SERVICES, longRunningPods } from './pods.js';
import { release } from './release.js';
import { report, stopwatch } from './report.js';

describe('install in an empty namespace', () => {
  beforeAll(async () => {
    await release.purge();
    await eventually(
      () => longRunningPods(),
      (pods) => pods.length === 0,
      { what: 'the pods of an earlier release are deleted' },
    );
  });

  it('makes every pod ready without a restart', async () => {
    const elapsed = stopwatch();
    await release.upgrade();
    report(`install: helm upgrade --install --wait took ${elapsed()}`);

    const pods = await longRunningPods();
    expect([...new Set(pods.map(({ component }) => component))].toSorted()).toEqual(
      [...SERVICES, ...BACKING].toSorted(),
    );
    expect(pods.filter(({ isReady }) => !isReady)).toEqual([]);
    expect(await restarts()).toEqual({});
    await waitUntilPlatformIsReady();
    report(`install: the first complete home page after ${elapsed()}`);
  });

  it('completes the seed Job', async () => {
    const elapsed = stopwatch();
    const selector = '--selector=app.kubernetes.io/component=cli';
    await kubectl('wait', 'job', selector, '--for=condition=complete', '--timeout=400s');
    report(`install: the seed completed after ${elapsed()}`);
  });

  it('passes helm test', async () => {
    const elapsed = stopwatch();
    expect(await release.test()).toMatch(/Phase:\s+Succeeded/);
    report(`install: helm test took ${elapsed()}`);
  });

  it('accepts an upload and makes the title playable', async () => {
    expect((await playableTitle()).isPlayable).toBe(true);
    expect((await Editor.signIn()).session.account.role).toBe('editor');
    expect(await restarts()).toEqual({});
  });
});
