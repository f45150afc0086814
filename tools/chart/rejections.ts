import { execa } from 'execa';
import { CHART, RELEASE } from './files.ts';

/** Invalid values as for --set, and what the message of helm must contain: typing errors, wrong types, missing dependent values. */
const REJECTIONS: readonly (readonly [set: string, ...names: string[]])[] = [
  ['loglevel=debug', 'loglevel'],
  ['logLevel=loud', '/logLevel', 'debug'],
  ['mode=modulith', '/mode', 'monolith'],
  ['image.tags=1.2.3', '/image', 'tags'],
  ['services.catalogue.replicas=3', '/services', 'catalogue'],
  ['services.catalog.replica=3', '/services/catalog', 'replica'],
  ['services.catalog.replicas=three', '/services/catalog/replicas', 'integer'],
  ['services.catalog.replicas=-1', '/services/catalog/replicas'],
  ['services.catalog=null', '/services', 'catalog'],
  ['services.edge.autoscaling.maxReplica=3', '/services/edge/autoscaling', 'maxReplica'],
  ['services.user.autoscaling.minReplicas=9', 'services.user.autoscaling', 'minReplicas (9)', 'maxReplicas (4)'],
  ['services.edge.autoscaling.targetAverageCpu=half', '/services/edge/autoscaling/targetAverageCpu'],
  ['services.user.resources.limit.memory=1Gi', '/services/user/resources', 'limit'],
  ['services.user.resources.limits.memory=1GB', '/services/user/resources/limits/memory', '1GB'],
  ['services.video.extraEnv.LOG_LEVEL=3', '/services/video/extraEnv/LOG_LEVEL', 'string'],
  ['services.transcoder.tolerations[0].keys=gpu', '/services/transcoder/tolerations/0', 'keys'],
  ['edge.service.type=Nodeport', '/edge/service/type', 'NodePort'],
  ['edge.service.nodePort=30400', '/edge/service/type', 'NodePort'],
  ['edge.gateway.enabled=true', '/edge/gateway/parentRefs'],
  ['edge.gateway.enabled=true,edge.gateway.parentRefs[0].name=public', 'edge.trustedProxies', 'edge.gateway.enabled'],
  ['edge.ingress.enabled=true', 'edge.trustedProxies', 'edge.ingress.enabled', 'rate limit', 'Secure'],
  ['edge.ingress.enabled=yes', '/edge/ingress/enabled', 'boolean'],
  ['media.publicEndpoint=media.example', '/media/publicEndpoint'],
  ['networkPolicy.edgeIngressFrom[0].podSelectors.matchLabels.a=b', '/networkPolicy/edgeIngressFrom/0', 'podSelectors'],
  ['postgres.storage.sizes=1Gi', '/postgres/storage', 'sizes'],
  ['external.postgres.enabled=true', '/external/postgres/existingSecret'],
  ['external.kafka.enabled=true', '/external/kafka/existingSecret'],
  ['external.valkey.enabled=true', '/external/valkey/existingSecret'],
  ['external.s3.enabled=true', '/external/s3/existingSecret', '/external/s3/endpoint'],
];

/** Returns the values that helm accepts, or rejects without their name. */
export async function findMissingRejections(): Promise<readonly string[]> {
  const errors: string[] = [];
  for (const [set, ...names] of REJECTIONS) {
    const args = ['template', RELEASE, CHART, '--set', set];
    const { exitCode, all } = await execa('helm', args, { all: true, reject: false, stdin: 'ignore' });
    if (exitCode === 0) errors.push(`--set ${set} is accepted`);
    else if (!names.every((name) => all.includes(name)))
      errors.push(`--set ${set} is rejected without its name:\n${all}`);
  }
  return errors;
}
