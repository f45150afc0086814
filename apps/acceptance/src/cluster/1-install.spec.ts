import { Editor } from '../support/editor.js';
import { helm, kubectl } from './command.js';
import { report, stopwatch } from './figures.js';
import { BACKING, SERVICES, longRunningPods } from './pods.js';
import { release } from './release.js';
import { platformAnswers, restarts, theFilm } from './stage.js';

describe('install from nothing', () => {
  it('makes every pod ready, and none of them starts twice', async () => {
    expect(JSON.parse(await helm('list', '--output', 'json'))).toEqual([]);
    const elapsed = stopwatch();
    await release.install();
    report(`install from nothing: helm install --wait took ${elapsed()}`);

    const pods = await longRunningPods();
    expect([...new Set(pods.map(({ component }) => component))].toSorted()).toEqual(
      [...SERVICES, ...BACKING].toSorted(),
    );
    expect(pods.filter(({ isReady }) => !isReady)).toEqual([]);
    expect(await restarts()).toEqual({});
    await platformAnswers();
    report(`install from nothing: the first page from outside after ${elapsed()}`);
  });

  it('is filled by its seed', async () => {
    const elapsed = stopwatch();
    await kubectl(
      'wait',
      'job',
      '--selector=app.kubernetes.io/component=cli',
      '--for=condition=complete',
      '--timeout=400s',
    );
    report(`install from nothing: the seed was done ${elapsed()} later`);
  });

  it('passes helm test', async () => {
    const elapsed = stopwatch();
    expect(await release.test()).toMatch(/Phase:\s+Succeeded/);
    report(`install from nothing: helm test took ${elapsed()}`);
  });

  it('takes a film and shows it', async () => {
    expect((await theFilm()).isPlayable).toBe(true);
    expect((await Editor.signIn()).session.account.role).toBe('editor');
    expect(await restarts()).toEqual({});
  });
});
