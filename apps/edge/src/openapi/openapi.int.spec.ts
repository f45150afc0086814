import { readFile } from 'node:fs/promises';
import { startEdge, type TestEdge } from '../testing/start-edge.js';
import { openApiDocument } from './document.js';
import { OPERATIONS } from './operations.js';

interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly responses: Record<string, unknown>;
}

describe('the OpenAPI document', () => {
  const document = openApiDocument(OPERATIONS);
  const paths = document['paths'] as Record<string, Record<string, Described>>;
  let edge: TestEdge;

  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());

  it('has every route that is there, and no other', () => {
    const routed = edge.routes
      .filter(({ url }) => url !== '/*')
      .flatMap(({ method, url }) => [method].flat().map((name) => `${name} ${url.replaceAll(/:([A-Za-z]+)/g, '{$1}')}`))
      .filter((route) => !route.startsWith('HEAD '));
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.sort()).toEqual(routed.sort());
  });

  it('says of every operation what it is, what it answers and how it fails', () => {
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { summary, responses } of operations) {
      expect(summary).not.toBe('');
      expect(Object.keys(responses).some((status) => status.startsWith('2'))).toBe(true);
      expect(responses).toHaveProperty('500');
    }
  });

  it('refers only to components it has', () => {
    const { schemas } = document['components'] as { schemas: Record<string, unknown> };
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(0);
    for (const [, name] of references) expect(schemas).toHaveProperty(name ?? '');
    expect(JSON.stringify(document)).not.toContain('$defs');
  });

  it('is what is served and what is checked in', async () => {
    const served = await edge.fetch('/v1/openapi.json', { token: null });
    const checkedIn = await readFile(new URL('../../openapi.json', import.meta.url), 'utf8');
    expect(await served.json()).toEqual(JSON.parse(checkedIn));
  });
});
