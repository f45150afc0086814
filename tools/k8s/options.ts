import { parseArgs } from 'node:util';

export const HELP = `npm run k8s:up [-- options]     installs or upgrades Viernes in the cluster of the current kubectl context
npm run k8s:down [-- options]   uninstalls Viernes and keeps its data

Both
  --namespace NAME   default: viernes
  --yes, -y          does not prompt. k8s:up prompts for a remote cluster, k8s:down always
  --help, -h         prints this text

k8s:up
  --values FILE      additional values, after those of the cluster (k8s/values-kind.yaml ...). Repeatable
  --set KEY=VALUE    one value, as for helm. Repeatable
  --skip-images      builds no images. Loads those that the cluster lacks
  --skip-test        does not run helm test
  --timeout TIME     how long helm waits for the pods, default: 10m

k8s:down
  --data             also deletes volumes and passwords

npm run images builds the images, with IMAGE_REGISTRY and IMAGE_TAG. kind and minikube load them. For another local
cluster, set K8S_LOAD_COMMAND: it is called with the name of each image, including those of the backing services.
Otherwise, the cluster pulls: push the images to IMAGE_REGISTRY.`;

const flag = { type: 'boolean', default: false } as const;
const list = { type: 'string', multiple: true, default: [] as string[] } as const;
const common = { namespace: { type: 'string', default: 'viernes' }, yes: { ...flag, short: 'y' } } as const;
const skip = { 'skip-images': flag, 'skip-test': flag } as const;
const timeout = { type: 'string', default: '10m' } as const;

/** @throws Error that names an invalid option */
export function readUpOptions(args: readonly string[]) {
  return parseArgs({ args: [...args], options: { ...common, ...skip, values: list, set: list, timeout } }).values;
}

/** @throws Error that names an invalid option */
export function readDownOptions(args: readonly string[]) {
  return parseArgs({ args: [...args], options: { ...common, data: flag } }).values;
}

export type UpOptions = ReturnType<typeof readUpOptions>;
