import { parseArgs } from 'node:util';
import { COUNTERS, type CountedService } from './served-calls.ts';

export const HELP = `npm run k8s:up [-- options]     installs Viernes into the cluster of the current kubectl context, or brings it up to date
npm run k8s:down [-- options]   takes it out again; data stays
npm run k8s:traffic [-- options] [-- catalog|user|video|edge]   prints which pod of a service serves how much, until it is stopped

All
  --namespace NAME   where it is (default viernes)
  --yes, -y          asks nothing. Without it, a cluster that is not on this machine is asked about, and so is every k8s:down;
                     where nobody is at a terminal to be asked, nothing is done
  --help, -h         this text

k8s:up
  --values FILE      more values for the chart, after those that fit the cluster (k8s/values-kind.yaml ...); repeatable
  --set KEY=VALUE    one value, as helm takes it; repeatable
  --skip-images      builds no images
  --skip-load        brings no images into the cluster: it has them, or pulls them
  --skip-test        leaves out helm test
  --timeout TIME     how long to wait for all pods, as helm takes it (default 10m)

k8s:down
  --data             drops volumes and passwords too: films, accounts, everything

Images are built by npm run images, whose IMAGE_REGISTRY and IMAGE_TAG count here too, and loaded the way the cluster wants:
kind load, minikube image load, k3d image import; docker-desktop and rancher-desktop have docker's images anyway.
K8S_LOAD_COMMAND is called instead, if it is set, with one image's name behind it, also for the images of PostgreSQL, Kafka,
MinIO and Valkey that the cluster lacks. Any other cluster pulls: push the images, and set IMAGE_REGISTRY.`;

const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

const both = {
  namespace: { type: 'string', default: 'viernes' },
  yes: { type: 'boolean', short: 'y', default: false },
} as const;

const ofUp = {
  values: { type: 'string', multiple: true, default: [] as string[] },
  set: { type: 'string', multiple: true, default: [] as string[] },
  'skip-images': { type: 'boolean', default: false },
  'skip-load': { type: 'boolean', default: false },
  'skip-test': { type: 'boolean', default: false },
  timeout: { type: 'string', default: '10m' },
} as const;

const ofDown = { data: { type: 'boolean', default: false } } as const;

/** @throws Error that names the option which does not exist or is wrong */
export function readUpOptions(args: readonly string[]) {
  const { values } = parseArgs({ args: [...args], options: { ...both, ...ofUp } });
  return Object.freeze({ ...values, namespace: checked(values.namespace) });
}

/** @throws Error that names the option or the service which does not exist */
export function readCallsOptions(args: readonly string[]) {
  const { values, positionals } = parseArgs({ args: [...args], options: both, allowPositionals: true });
  const [service = 'catalog'] = positionals;
  if (!isCounted(service)) {
    throw new Error(`${service} serves no calls that are counted: ${Object.keys(COUNTERS).join(', ')} do.`);
  }
  return Object.freeze({ namespace: checked(values.namespace), service });
}

function isCounted(service: string): service is CountedService {
  return Object.hasOwn(COUNTERS, service);
}

/** @throws Error that names the option which does not exist or is wrong */
export function readDownOptions(args: readonly string[]) {
  const { values } = parseArgs({ args: [...args], options: { ...both, ...ofDown } });
  return Object.freeze({ ...values, namespace: checked(values.namespace) });
}

export type UpOptions = ReturnType<typeof readUpOptions>;
export type CallsOptions = ReturnType<typeof readCallsOptions>;
export type DownOptions = ReturnType<typeof readDownOptions>;

function checked(namespace: string): string {
  if (!NAMESPACE.test(namespace)) throw new Error(`--namespace ${namespace}: letters, digits and - alone, 63 at most.`);
  return namespace;
}
