import { parseArgs } from 'node:util';
import { COUNTED_SERVICES, type CountedService } from './traffic.ts';

export const HELP = `npm run k8s:up [-- options]     installs or upgrades Viernes in the cluster of the current kubectl context
npm run k8s:down [-- options]   uninstalls Viernes and keeps its data
npm run k8s:traffic [-- options] [-- ${COUNTED_SERVICES.join('|')}]   prints how many calls each pod of a service serves

All
  --namespace NAME   default: viernes
  --yes, -y          asks no questions. k8s:up asks for a remote cluster, k8s:down always
  --help, -h         prints this text

k8s:up
  --values FILE      additional values, after those of the cluster (k8s/values-kind.yaml ...). Repeatable
  --set KEY=VALUE    one value, as for helm. Repeatable
  --skip-images      builds no images
  --skip-load        loads no images into the cluster
  --skip-test        does not run helm test
  --timeout TIME     how long helm waits for the pods, default: 10m

k8s:down
  --data             also deletes volumes and passwords

npm run images builds the images, with IMAGE_REGISTRY and IMAGE_TAG. kind and minikube load them. For another local cluster,
set K8S_LOAD_COMMAND: it is called with the name of each image, including the images of the backing services. Otherwise, the
cluster pulls: push the images to IMAGE_REGISTRY.`;

const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const common = {
  namespace: { type: 'string', default: 'viernes' },
  yes: { type: 'boolean', short: 'y', default: false },
} as const;
const flag = { type: 'boolean', default: false } as const;
const list = { type: 'string', multiple: true, default: [] as string[] } as const;
const upOptions = { values: list, set: list, 'skip-images': flag, 'skip-load': flag, 'skip-test': flag } as const;

/** @throws Error that names an invalid option */
export function readUpOptions(args: readonly string[]) {
  const timeout = { type: 'string', default: '10m' } as const;
  return withNamespace(parseArgs({ args: [...args], options: { ...common, ...upOptions, timeout } }).values);
}

/** @throws Error that names an invalid option */
export function readDownOptions(args: readonly string[]) {
  return withNamespace(parseArgs({ args: [...args], options: { ...common, data: flag } }).values);
}

/** @throws Error that names an invalid option or service */
export function readTrafficOptions(args: readonly string[]) {
  const { values, positionals } = parseArgs({ args: [...args], options: common, allowPositionals: true });
  const [name = 'catalog'] = positionals;
  const service = COUNTED_SERVICES.find((counted): counted is CountedService => counted === name);
  if (service === undefined)
    throw new Error(`Unknown service: ${name}. Choose one of: ${COUNTED_SERVICES.join(', ')}.`);
  return withNamespace({ ...values, service });
}

export type UpOptions = ReturnType<typeof readUpOptions>;
export type DownOptions = ReturnType<typeof readDownOptions>;
export type TrafficOptions = ReturnType<typeof readTrafficOptions>;

function withNamespace<Options extends { readonly namespace: string }>(options: Options): Options {
  if (NAMESPACE.test(options.namespace)) return options;
  throw new Error(`--namespace ${options.namespace}: use at most 63 lower-case letters, digits and hyphens.`);
}
