import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import { cluster } from './cluster-config.js';
import { kubectl, kubectlIn } from './command.js';
import { restoreRelease } from './platform.js';
import { BACKING, SERVICES, longRunningPods, type Service } from './pods.js';
import { report } from './report.js';

interface Target {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/** Runs inside a pod and prints for each host and port whether a connection was possible. */
const CONNECT = `
const { connect } = require('node:net');
const attempt = ([host, port]) => new Promise((resolve) => {
  const socket = connect({ host, port: Number(port) });
  const finish = (outcome) => { socket.destroy(); resolve(outcome); };
  socket.setTimeout(3000, () => finish('timeout'));
  socket.on('connect', () => finish('open'));
  socket.on('error', (error) => finish(error.code));
});
Promise.all(process.argv.slice(1).map((target) => attempt(target.split('=')))).then((all) => console.log(JSON.stringify(all)));
`;

/** Runs inside a catalog pod and connects to each database with the credentials of catalog. */
const LOG_IN = `
const { default: pg } = await import('pg');
const url = new URL(process.env.DATABASE_URL);
const signInWithPassword = async (database) => {
  url.pathname = '/' + database;
  const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 5000 });
  try { await client.connect(); await client.end(); return 'connected'; } catch (error) { return error.code + ' ' + error.message; }
};
console.log(JSON.stringify([await signInWithPassword('viernes_catalog'), await signInWithPassword('viernes_user'), await signInWithPassword('viernes_video')]));
`;

/** The ports that each service can reach, as in the architecture diagram. */
const ALLOWED: Readonly<Record<Service, readonly string[]>> = {
  edge: ['catalog:8401', 'user:8401', 'video:8401', 'kafka:9092', 'valkey:6379', 'minio:9000'],
  catalog: ['postgres:5432', 'kafka:9092'],
  user: ['postgres:5432', 'kafka:9092'],
  video: ['postgres:5432', 'kafka:9092', 'minio:9000'],
  transcoder: ['video:8402', 'minio:9000'],
};

describe('network policies', () => {
  beforeAll(restoreRelease);

  /** Returns every port of every pod by IP address, to test the policies without name resolution. */
  async function allPorts(): Promise<Target[]> {
    const pods = await longRunningPods();
    return pods.flatMap(({ component, ip = '', ports }) =>
      [...new Set(ports)].map((port) => ({ name: `${component}:${port}`, host: ip, port })),
    );
  }

  function toArguments(targets: readonly Target[]): string[] {
    return targets.map(({ host, port }) => `${host}=${port}`);
  }

  function openPorts(targets: readonly Target[], outcomes: string): string[] {
    const results = JSON.parse(outcomes) as string[];
    return targets.filter((_, index) => results[index] === 'open').map(({ name }) => name);
  }

  it('allows only connections to the edge from another namespace', async () => {
    const targets = await allPorts();
    const service = { name: 'service', host: `${cluster.release}-edge.${cluster.namespace}`, port: 80 };
    const name = `outsider-${randomUUID().slice(0, 8)}`;
    const pod = outsiderPod(name, [...toArguments(targets), ...toArguments([service])]);
    await kubectlIn(
      cluster.neighborNamespace,
      'run',
      name,
      '--image=none',
      '--restart=Never',
      `--overrides=${JSON.stringify(pod)}`,
    );
    const outcomes = await eventually(
      () => kubectlIn(cluster.neighborNamespace, 'logs', name),
      (text) => text.trim().endsWith(']'),
      { what: 'the pod in the other namespace has finished' },
    );
    await kubectlIn(cluster.neighborNamespace, 'delete', 'pod', name, '--wait=false');
    report(
      `open from another namespace, of ${targets.length} ports: ${openPorts([...targets, service], outcomes).join(', ')}`,
    );
    expect(openPorts([...targets, service], outcomes).toSorted()).toEqual(['edge:8400', 'edge:8405', 'service']);
    expect([...new Set(targets.map(({ name: target }) => target.split(':')[0]))].toSorted()).toEqual(
      [...SERVICES, ...BACKING].toSorted(),
    );
  });

  it.each(SERVICES)('allows %s only the connections of the architecture diagram', async (service) => {
    const targets = (await allPorts()).filter(({ name }) => !name.startsWith(`${service}:`));
    const outcomes = await kubectl(
      'exec',
      `deployment/${cluster.release}-${service}`,
      '--',
      'node',
      '-e',
      CONNECT,
      ...toArguments(targets),
    );
    expect(openPorts(targets, outcomes).toSorted()).toEqual([...ALLOWED[service]].toSorted());
  });

  it('denies catalog access to the databases of other services', async () => {
    const program = ['node', '--input-type=module', '-e', LOG_IN];
    const output = await kubectl('exec', `deployment/${cluster.release}-catalog`, '--', ...program);
    const [own, ofUser, ofVideo] = JSON.parse(output) as string[];
    report(`catalog's credentials: own database "${own}", user's "${ofUser}", video's "${ofVideo}"`);
    expect(own).toBe('connected');
    // 42501: insufficient_privilege (PostgreSQL, appendix A)
    expect(ofUser).toMatch(/^42501 /);
    expect(ofVideo).toMatch(/^42501 /);
  });

  /** Complies with Pod Security, so that only the network policy restricts it. */
  function outsiderPod(name: string, targets: readonly string[]): unknown {
    const security = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
    return {
      apiVersion: 'v1',
      spec: {
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name,
            image: `docker.io/viernes/catalog:${cluster.imageTag}`,
            imagePullPolicy: 'IfNotPresent',
            command: ['node', '-e', CONNECT, ...targets],
            securityContext: security,
          },
        ],
      },
    };
  }
});
