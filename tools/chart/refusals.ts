import { renderWith } from './render.ts';

interface Refusal {
  readonly set: string;
  /** What helm's message has to name. */
  readonly names: readonly string[];
}

// Slips of the hand at each depth, wrong types, and what one switch needs of its neighbours.
const REFUSALS: readonly Refusal[] = [
  { set: 'loglevel=debug', names: ['loglevel'] },
  { set: 'logLevel=loud', names: ['/logLevel', 'debug'] },
  { set: 'image.tags=1.2.3', names: ['/image', 'tags'] },
  { set: 'services.catalogue.replicas=3', names: ['/services', 'catalogue'] },
  { set: 'services.catalog.replica=3', names: ['/services/catalog', 'replica'] },
  { set: 'services.catalog.replicas=three', names: ['/services/catalog/replicas', 'integer'] },
  { set: 'services.catalog.replicas=-1', names: ['/services/catalog/replicas'] },
  { set: 'services.catalog=null', names: ['/services', 'catalog'] },
  { set: 'services.edge.autoscaling.maxReplica=3', names: ['/services/edge/autoscaling', 'maxReplica'] },
  {
    set: 'services.catalog.autoscaling.minReplicas=9',
    names: ['services.catalog.autoscaling', 'minReplicas (9)', 'maxReplicas (4)'],
  },
  { set: 'services.edge.autoscaling.targetAverageCpu=half', names: ['/services/edge/autoscaling/targetAverageCpu'] },
  { set: 'services.user.resources.limit.memory=1Gi', names: ['/services/user/resources', 'limit'] },
  { set: 'services.user.resources.limits.memory=1GB', names: ['/services/user/resources/limits/memory', '1GB'] },
  { set: 'services.video.extraEnv.LOG_LEVEL=3', names: ['/services/video/extraEnv/LOG_LEVEL', 'string'] },
  { set: 'services.transcoder.tolerations[0].keys=gpu', names: ['/services/transcoder/tolerations/0', 'keys'] },
  { set: 'edge.service.type=Nodeport', names: ['/edge/service/type', 'NodePort'] },
  { set: 'edge.service.nodePort=30400', names: ['/edge/service/type', 'NodePort'] },
  { set: 'edge.gateway.enabled=true', names: ['/edge/gateway/parentRefs'] },
  { set: 'edge.ingress.enabled=true', names: ['edge.trustedProxies', 'edge.ingress.enabled'] },
  {
    set: 'edge.gateway.enabled=true,edge.gateway.parentRefs[0].name=public',
    names: ['edge.trustedProxies', 'edge.gateway.enabled'],
  },
  { set: 'edge.ingress.enabled=yes', names: ['/edge/ingress/enabled', 'boolean'] },
  { set: 'media.publicEndpoint=media.example', names: ['/media/publicEndpoint'] },
  {
    set: 'networkPolicy.edgeIngressFrom[0].podSelectors.matchLabels.a=b',
    names: ['/networkPolicy/edgeIngressFrom/0', 'podSelectors'],
  },
  { set: 'postgres.storage.sizes=1Gi', names: ['/postgres/storage', 'sizes'] },
  { set: 'external.postgres.enabled=true', names: ['/external/postgres/existingSecret'] },
  { set: 'external.kafka.enabled=true', names: ['/external/kafka/existingSecret'] },
  { set: 'external.valkey.enabled=true', names: ['/external/valkey/existingSecret'] },
  { set: 'external.s3.enabled=true', names: ['/external/s3/existingSecret', '/external/s3/endpoint'] },
];

/** Has helm refuse each of the slips above. @returns a sentence for each that it took, or whose value it did not name */
export async function refusalFaults(): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { set, names } of REFUSALS) {
    const { isRefused, text } = await renderWith(set);
    if (!isRefused) faults.push(`--set ${set} is taken`);
    else if (!names.every((name) => text.includes(name)))
      faults.push(`--set ${set} is refused without its name:\n${text}`);
  }
  return faults;
}

export const REFUSAL_COUNT = REFUSALS.length;
