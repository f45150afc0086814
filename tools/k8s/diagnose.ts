import type { Kubernetes } from './kubernetes.ts';
import { RELEASE_SELECTOR } from './release.ts';

const MAX_PODS = 3;
const LINES = 12;
const CONTAINERS = '{range .items[*]}{.metadata.name}={.status.containerStatuses[*].ready}{"\\n"}{end}';

/** Describes the pods that are not ready: state, warnings, and the last log lines. */
export async function diagnose(kubernetes: Kubernetes): Promise<string> {
  const read = async (...args: string[]): Promise<readonly string[]> => {
    const { exitCode, stdout } = await kubernetes.kubectl(args, { reject: false });
    return exitCode === 0 ? stdout.split('\n').filter((line) => line.trim() !== '') : [];
  };
  const pods = await read('get', 'pods', '--selector', RELEASE_SELECTOR);
  const containers = await read('get', 'pods', '--selector', RELEASE_SELECTOR, '--output', `jsonpath=${CONTAINERS}`);
  const waiting = containers.filter((line) => !line.includes('=true')).map((line) => line.slice(0, line.indexOf('=')));
  const logs = await Promise.all(
    waiting.slice(0, MAX_PODS).map(async (pod) => {
      const args = ['logs', pod, '--all-containers', '--prefix', `--tail=${LINES}`];
      const previous = await read(...args, '--previous');
      return previous.length > 0 ? previous : read(...args);
    }),
  );
  return [
    ...pods.filter((line, index) => index === 0 || waiting.some((pod) => line.startsWith(`${pod} `))),
    ...(await read('events', '--types=Warning', '--no-headers')).slice(-LINES),
    ...logs.flat(),
  ].join('\n');
}
