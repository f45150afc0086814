import { Listr } from 'listr2';
import { join } from 'node:path';
import pc from 'picocolors';
import { WORKSPACE } from '../workspace.ts';
import { imageFlags, valueFlags } from './chart-values.ts';
import { confirmInstall } from './cluster.ts';
import { diagnose } from './diagnose.ts';
import { findEdgeUrl } from './edge-url.ts';
import { loadImages, readImageIds } from './images.ts';
import { Kubernetes } from './kubernetes.ts';
import type { UpOptions } from './options.ts';
import { assertNotPending, findRelease, RELEASE, RELEASE_SELECTOR, rollBackRelease } from './release.ts';
import { isInterrupted, messageOf, runProgram } from './run-program.ts';

const CHART = join(WORKSPACE, 'helm', 'viernes');
const LAST_LINES = 20;

interface Step {
  readonly name: string;
  readonly isSkipped?: boolean;
  /** @returns the result for the title of the step */
  run(onProgress: (text: string) => void): Promise<string>;
}

/**
 * Builds the images, loads them, installs or upgrades the release, and tests it. Idempotent.
 *
 * @throws Error that names the failed step and the reason
 */
export async function up(options: UpOptions, env: NodeJS.ProcessEnv): Promise<void> {
  const kubernetes = await Kubernetes.connect(options.namespace);
  await confirmInstall(kubernetes.cluster, options.yes);
  assertNotPending(await findRelease(kubernetes), options.namespace);
  const userFlags = valueFlags(kubernetes.cluster, options.values, options.set);
  const steps: readonly Step[] = [
    {
      name: 'images',
      isSkipped: options['skip-images'],
      async run(onOutput) {
        await runProgram('node', ['tools/images/main.ts'], { cwd: WORKSPACE, onOutput });
        return 'built';
      },
    },
    {
      name: 'load',
      isSkipped: options['skip-load'],
      async run(onProgress) {
        const ids = await readImageIds(env);
        const { stdout } = await kubernetes.helm(['template', RELEASE, CHART, ...imageFlags(env, ids), ...userFlags]);
        return loadImages(kubernetes, ids, stdout, env, onProgress);
      },
    },
    {
      name: 'install',
      async run(onProgress) {
        const flags = [...imageFlags(env, await readImageIds(env)), ...userFlags];
        await upgrade(kubernetes, ['--wait', '--timeout', options.timeout, ...flags], onProgress);
        return `all pods in namespace ${options.namespace} are ready`;
      },
    },
    { name: 'test', isSkipped: options['skip-test'], run: () => test(kubernetes) },
  ];
  const list = new Listr([], {
    // main.ts handles signals, so that helm can finish.
    registerSignalListeners: false,
    rendererOptions: { showErrorMessage: false },
    fallbackRenderer: 'verbose',
    fallbackRendererOptions: { logTitleChange: true },
  });
  for (const { name, isSkipped = false, run } of steps) {
    list.add({
      title: name,
      skip: isSkipped,
      task: async (_, task) => {
        const result = await run((text) => (task.output = text.split('\n').at(-1) ?? ''));
        task.title = `${name}: ${result}`;
      },
    });
  }
  await list.run();
  console.log(nextSteps(kubernetes, await findEdgeUrl(kubernetes)));
}

/** On failure, describes the pods first and then rolls back, because a rollback deletes the failed pods. */
async function upgrade(
  kubernetes: Kubernetes,
  flags: readonly string[],
  onProgress: (text: string) => void,
): Promise<void> {
  const finished = new AbortController();
  const watch = kubernetes.kubectl(['get', 'pods', '--selector', RELEASE_SELECTOR, '--watch', '--no-headers'], {
    ...{ reject: false, cancelSignal: finished.signal, onOutput: onProgress },
  });
  try {
    await kubernetes.helm(['upgrade', '--install', RELEASE, CHART, '--create-namespace', ...flags]);
  } catch (error) {
    const reason = isInterrupted() ? 'Interrupted.' : `${messageOf(error)}\n\n${await diagnose(kubernetes)}`;
    throw new Error([reason, await rollBackRelease(kubernetes)].join('\n\n').trim(), { cause: error });
  } finally {
    finished.abort();
    await watch;
  }
}

async function test(kubernetes: Kubernetes): Promise<string> {
  const { exitCode, all } = await kubernetes.helm(['test', RELEASE, '--logs', '--timeout', '10m'], { reject: false });
  if (exitCode === 0) return 'a video file was uploaded, transcoded and played inside the cluster';
  throw new Error(`helm test failed:\n${all.trim().split('\n').slice(-LAST_LINES).join('\n')}`);
}

function nextSteps({ cluster, namespace }: Kubernetes, url: string | undefined): string {
  const kubectl = `kubectl --context ${cluster.context} --namespace ${namespace}`;
  const secret = (key: string) =>
    `${kubectl} get secret ${RELEASE}-editor --output go-template='{{.data.${key} | base64decode}}'`;
  const forward = `${kubectl} port-forward service/${RELEASE}-edge 8400:80   # then open http://127.0.0.1:8400`;
  return `
  ${pc.bold('Viernes is ready')}

  Open              ${url === undefined ? forward : pc.cyan(url)}
  Editor's email    ${secret('email')}
  and password      ${secret('password')}
  Watch             ${kubectl} get pods,hpa --watch
  Scale             docs/scaling.md
  Uninstall         npm run k8s:down${namespace === RELEASE ? '' : ` -- --namespace ${namespace}`}
`;
}
