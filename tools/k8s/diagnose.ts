import type { Kubernetes } from './kubernetes.ts';
import { RELEASE_SELECTOR } from './release.ts';

const MAX_PODS = 3;
const LINES = 12;
const IS_READY = '{range .items[*]}{.metadata.name} {.status.containerStatuses[*].ready}{"\\n"}{end}';

/** Describes the pods that are not ready: state, warnings, and the last log lines. */
export async function diagnose(kubernetes: Kubernetes): Promise<string> {
  const read = async (...args: string[]) => (await kubernetes.kubectl(args, { reject: false })).stdout.trim();
  const pods = await kubernetes.lines(IS_READY, ['pods', '--selector', RELEASE_SELECTOR]).catch(() => []);
  const waiting = pods.filter((line) => !/^\S+( true)+$/.test(line)).map((line) => line.split(' ')[0] ?? '');
  const logs = waiting.slice(0, MAX_PODS).map(async (pod) => {
    const args = ['logs', pod, '--all-containers', '--prefix', `--tail=${LINES}`];
    return (await read(...args, '--previous')) || (await read(...args));
  });
  const parts = [
    waiting.length === 0 ? '' : await read('get', 'pods', ...waiting),
    (await read('events', '--types=Warning', '--no-headers')).split('\n').slice(-LINES).join('\n'),
    ...(await Promise.all(logs)),
  ];
  return parts.filter((part) => part !== '').join('\n');
}
