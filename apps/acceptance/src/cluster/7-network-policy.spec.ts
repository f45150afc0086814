import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import { cluster } from './cluster-config.js';
import { kubectl, kubectlIn } from './command.js';
import { BACKING, SERVICES, longRunningPods, type Service } from './pods.js';
import { report } from './figures.js';

interface Target {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/** Runs inside a pod: tells of each address whether a connection could be made. */
const KNOCK = `
const { connect } = require('node:net');
const knock = ([host, port]) => new Promise((resolve) => {
  const socket = connect({ host, port: Number(port) });
  const end = (outcome) => { socket.destroy(); resolve(outcome); };
  socket.setTimeout(3000, () => end('no answer'));
  socket.on('connect', () => end('open'));
  socket.on('error', (error) => end(error.code));
});
Promise.all(process.argv.slice(1).map((target) => knock(target.split('=')))).then((all) => console.log(JSON.stringify(all)));
`;

/** Runs inside catalog's pod: its own credentials, and another service's database. */
const ENTER = `
const { default: pg } = await import('pg');
const url = new URL(process.env.DATABASE_URL);
const enter = async (database) => {
  url.pathname = '/' + database;
  const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 5000 });
  try { await client.connect(); await client.end(); return 'entered'; } catch (error) { return error.code + ' ' + error.message; }
};
console.log(JSON.stringify([await enter('viernes_catalog'), await enter('viernes_user'), await enter('viernes_video')]));
`;

/** Who may open which of these, as the picture of the architecture has it. */
const ALLOWED: Readonly<Record<Service, readonly string[]>> = {
  edge: ['catalog:8401', 'user:8401', 'video:8401', 'valkey:6379', 'minio:9000'],
  catalog: ['postgres:5432', 'kafka:9092'],
  user: ['postgres:5432', 'kafka:9092'],
  video: ['postgres:5432', 'kafka:9092', 'minio:9000'],
  transcoder: ['video:8402', 'minio:9000'],
};

describe('who may talk to whom', () => {
  /** Every port of every pod, by its address: names are one thing, and packets another. */
  async function allPorts(): Promise<Target[]> {
    const pods = await longRunningPods();
    return pods.flatMap(({ component, ip = '', ports }) =>
      [...new Set(ports)].map((port) => ({ name: `${component}:${port}`, host: ip, port })),
    );
  }

  function argumentsOf(targets: readonly Target[]): string[] {
    return targets.map(({ host, port }) => `${host}=${port}`);
  }

  function openOnes(targets: readonly Target[], outcomes: string): string[] {
    const told = JSON.parse(outcomes) as string[];
    return targets.filter((_, index) => told[index] === 'open').map(({ name }) => name);
  }

  it('from another namespace only the edge answers', async () => {
    const targets = await allPorts();
    const service = { name: 'service', host: `${cluster.release}-edge.${cluster.namespace}`, port: 80 };
    const name = `stranger-${randomUUID().slice(0, 8)}`;
    const pod = strangerPod(name, [...argumentsOf(targets), ...argumentsOf([service])]);
    await kubectlIn(
      cluster.neighbourNamespace,
      'run',
      name,
      '--image=none',
      '--restart=Never',
      `--overrides=${JSON.stringify(pod)}`,
    );
    const outcomes = await eventually(
      () => kubectlIn(cluster.neighbourNamespace, 'logs', name),
      (text) => text.trim().endsWith(']'),
      { what: 'the stranger has knocked everywhere' },
    );
    await kubectlIn(cluster.neighbourNamespace, 'delete', 'pod', name, '--wait=false');
    report(
      `from another namespace, of ${targets.length} ports: ${openOnes([...targets, service], outcomes).join(', ')}`,
    );
    expect(openOnes([...targets, service], outcomes).toSorted()).toEqual(['edge:8400', 'service']);
    expect([...new Set(targets.map(({ name: target }) => target.split(':')[0]))].toSorted()).toEqual(
      [...SERVICES, ...BACKING].toSorted(),
    );
  });

  it.each(SERVICES)('%s opens what the picture shows, and nothing else', async (service) => {
    const targets = (await allPorts()).filter(({ name }) => !name.startsWith(`${service}:`));
    const outcomes = await kubectl(
      'exec',
      `deployment/${cluster.release}-${service}`,
      '--',
      'node',
      '-e',
      KNOCK,
      ...argumentsOf(targets),
    );
    expect(openOnes(targets, outcomes).toSorted()).toEqual([...ALLOWED[service]].toSorted());
  });

  it('catalog cannot enter the database of another service', async () => {
    const program = ['node', '--input-type=module', '-e', ENTER];
    const told = await kubectl('exec', `deployment/${cluster.release}-catalog`, '--', ...program);
    const [own, ofUser, ofVideo] = JSON.parse(told) as string[];
    report(`catalog's credentials: own database "${own}", user's "${ofUser}", video's "${ofVideo}"`);
    expect(own).toBe('entered');
    // 42501: insufficient_privilege (PostgreSQL, appendix A)
    expect(ofUser).toMatch(/^42501 /);
    expect(ofVideo).toMatch(/^42501 /);
  });

  /** As restricted as any: what keeps it out is the policy. */
  function strangerPod(name: string, knocks: readonly string[]): unknown {
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
            command: ['node', '-e', KNOCK, ...knocks],
            securityContext: security,
          },
        ],
      },
    };
  }
});
