import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { eventually, parseDocumentedSettings, toSettings } from '@viernes/testing';
import { Env, readConfig } from './config.js';
import { MonolithProcess } from './testing/monolith-process.js';

describe('the monolith', () => {
  let monolith: MonolithProcess;

  beforeAll(async () => {
    monolith = await MonolithProcess.start();
  });
  afterAll(() => monolith.dispose());

  const get = (path: string) => fetch(monolith.url + path);

  it('reports the readiness of every app', async () => {
    const report: unknown = await (await fetch(`${monolith.healthUrl}/readyz`)).json();
    expect(report).toMatchObject({
      isReady: true,
      checks: { process: true, 'catalog database': true, 'user database': true, 'video database': true },
    });
  });

  it('serves the home page, which needs several services', async () => {
    const home = await get('/v1/home');
    expect(home.status).toBe(200);
    expect(await home.json()).toMatchObject({ unavailableSources: [] });
  });

  it('returns the coded error of a service with the trace of the request', async () => {
    const response = await get(`/v1/titles/${randomUUID()}`);
    expect(response.status).toBe(404);
    const { code, traceId } = (await response.json()) as { code: string; traceId: string };
    expect(code).toBe('TITLE_NOT_FOUND');
    await eventually(() => expect(monolith.logs).toContainEqual(expect.objectContaining({ name: 'catalog', traceId })));
  });

  it('logs different span IDs in the edge and in a service, if the client requests a trace', async () => {
    const traceId = randomUUID().replaceAll('-', '');
    const headers = { traceparent: `00-${traceId}-${'b'.repeat(16)}-01` };
    await fetch(`${monolith.url}/v1/titles/${randomUUID()}`, { headers });
    const spanId: unknown = expect.stringMatching(/^[0-9a-f]{16}$/);
    await eventually(() => {
      const lines = monolith.logs.filter((line) => 'traceId' in line && line.traceId === traceId);
      expect(lines).toContainEqual(expect.objectContaining({ name: 'catalog', spanId }));
      expect(lines).toContainEqual(expect.objectContaining({ name: 'edge', msg: 'request', spanId }));
      const ids = lines.map((line) => 'spanId' in line && line.spanId);
      expect(new Set(ids).size).toBeGreaterThan(1);
    });
  });

  it('logs under the name of each app, also through the logger of Nest', async () => {
    const nestLine = expect.objectContaining({ context: expect.any(String) });
    await eventually(() => {
      for (const name of ['edge', 'catalog', 'user', 'video'])
        expect(monolith.logs.filter((line) => line.name === name)).toContainEqual(nestLine);
      expect(monolith.logs).toContainEqual(expect.objectContaining({ name: 'monolith', msg: 'listening' }));
      expect(monolith.logs).toContainEqual(expect.objectContaining({ name: 'edge', status: 404 }));
    });
  });

  it('serves outbox_rows with one value per service', async () => {
    await eventually(async () => {
      const metrics = await (await fetch(`${monolith.healthUrl}/metrics`)).text();
      const services = [...metrics.matchAll(/^outbox_rows\{service="(\w+)"\}/gm)].map(([, service]) => service);
      expect(services.toSorted()).toEqual(['catalog', 'user', 'video']);
    });
  });

  it('finishes requests in flight after SIGTERM, because it stops the services after the edge', async () => {
    // Each one hashes a password, and two are hashed at a time.
    const signUps = Array.from({ length: 4 }, () =>
      fetch(`${monolith.url}/v1/accounts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: `${randomUUID()}@example.org`, password: 'film night 1', profileName: 'Ada' }),
      }),
    );
    await eventually(async () => {
      const metrics = await (await fetch(`${monolith.healthUrl}/metrics`)).text();
      expect(metrics).toMatch(/grpc_server_calls_in_flight\{[^}]*CreateAccount"\} [1-4]/);
    });
    monolith.terminate();
    expect((await Promise.all(signUps)).map(({ status }) => status)).toEqual(Array(4).fill(201));
    expect(await monolith.whenExited()).toBe(0);
  });
});

describe('the settings of the monolith', () => {
  it('documents all settings in the README with their defaults', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    expect(parseDocumentedSettings(readme)).toEqual(toSettings(Env));
  });

  it('rejects CATALOG_CANARY_ADDRESS, because the monolith has no canary', () => {
    const shared = {
      HEALTH_ADDRESS: '127.0.0.1:0',
      HTTP_ADDRESS: '127.0.0.1:0',
      PUBLIC_GRPC_ADDRESS: '127.0.0.1:0',
      WORKER_GRPC_ADDRESS: '127.0.0.1:0',
    };
    const databases = ['CATALOG', 'USER', 'VIDEO'].map((name) => [`${name}_DATABASE_URL`, 'postgres://localhost/x']);
    const s3 = { ENDPOINT: 'http://s3:1', REGION: 'r', BUCKET: 'films', ACCESS_KEY_ID: 'i', SECRET_ACCESS_KEY: 'k' };
    const env = {
      ...shared,
      ...Object.fromEntries(databases),
      ...Object.fromEntries(Object.entries(s3).map(([name, value]) => [`S3_${name}`, value])),
      KAFKA_BROKERS: 'kafka:1',
      VALKEY_URL: 'redis://valkey:1',
      WEB_ROOT: '/web',
    };
    expect(() => readConfig(env)).not.toThrow();
    expect(() => readConfig({ ...env, CATALOG_CANARY_ADDRESS: 'dns:///canary:1' })).toThrow(
      'CATALOG_CANARY_ADDRESS has no effect in one process',
    );
  });
});
