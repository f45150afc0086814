import { randomUUID } from 'node:crypto';
import { catalogV1 } from '@viernes/contracts';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const { IMPORT_OUTCOME_CREATED, IMPORT_OUTCOME_REJECTED } = catalogV1.ImportOutcome;

describe('POST /v1/title-imports', () => {
  let edge: TestEdge;
  let received: catalogV1.ImportTitlesRequest[];
  const importTitles = (json: unknown) => edge.fetch('/v1/title-imports', { method: 'POST', json });

  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    received = [];
    edge.catalog.handlers.importTitles = (request) => {
      received.push(request);
      const outcome = IMPORT_OUTCOME_CREATED;
      return { results: request.titles.map(() => ({ outcome, titleId: randomUUID(), problems: [] })) };
    };
  });

  it('rejects invalid titles, and imports the others', async () => {
    const titles = [
      { kind: 'film', name: 'Faust', externalId: 'a/1' },
      { kind: 'movie', name: 'Nosferatu', externalId: 'a/2', color: 'gray' },
      { kind: 'film', name: 'Metropolis', externalId: 'a/3' },
    ];
    const response = await importTitles({ titles });
    expect(response.status).toBe(200);
    const { results } = (await response.json()) as { results: unknown[] };
    const created = { outcome: 'created', titleId: expect.any(String), problems: [] };
    expect(results).toEqual([
      { ...created, externalId: 'a/1' },
      {
        externalId: 'a/2',
        outcome: 'rejected',
        titleId: null,
        problems: [
          { path: 'kind', message: expect.any(String) },
          { path: 'color', message: expect.any(String) },
        ],
      },
      { ...created, externalId: 'a/3' },
    ]);
    expect(received.map(({ dryRun, titles: sent }) => [dryRun, sent.map(({ name }) => name)])).toEqual([
      [false, ['Faust', 'Metropolis']],
    ]);
  });

  it('returns the problems that the catalog service finds', async () => {
    const problems: catalogV1.FieldProblem[] = [
      { path: 'externalId', reason: 'deletedExternalId', values: {} },
      { path: 'name', reason: 'maxLength', values: { count: '200' } },
      { path: 'color', reason: 'of a newer catalog service', values: {} },
    ];
    edge.catalog.handlers.importTitles = () => ({
      results: [{ outcome: IMPORT_OUTCOME_REJECTED, titleId: undefined, problems }],
    });
    const json = { titles: [{ kind: 'film', name: 'Faust', externalId: 'a/1' }], dryRun: true };
    const read = async (language: string) => {
      const headers = { 'accept-language': language };
      const response = await edge.fetch('/v1/title-imports', { method: 'POST', json, headers });
      expect(response.headers.get('content-language')).toBe(language);
      const { results } = (await response.json()) as { results: { problems: { path: string; message: string }[] }[] };
      expect(results).toMatchObject([{ externalId: 'a/1', outcome: 'rejected', titleId: null }]);
      return results[0]?.problems.map(({ path, message }) => `${path} ${message}`);
    };
    expect(await read('en')).toEqual([
      'externalId belongs to a deleted title',
      'name must have at most 200 characters',
      'color is not valid',
    ]);
    expect(await read('es')).toEqual([
      'externalId pertenece a un título eliminado',
      'name debe tener como máximo 200 caracteres',
      'color no es válido',
    ]);
  });

  it('accepts 200 titles with a synopsis and 50 credits each, and returns 413 for more than 1 MiB', async () => {
    const title = (index: number) => ({
      kind: 'film',
      name: `Title ${index}`,
      externalId: `a/${index}`,
      synopsis: 'x'.repeat(1_000),
      credits: Array.from({ length: 50 }, (_, credit) => ({ name: `Person Number ${credit}`, role: 'actor' })),
    });
    const titles = Array.from({ length: 200 }, (_, index) => title(index));
    expect((await importTitles({ titles })).status).toBe(200);
    expect(received[0]?.titles).toHaveLength(200);
    const large = titles.map((each) => ({ ...each, synopsis: 'x'.repeat(4_000) }));
    expect((await importTitles({ titles: large })).status).toBe(413);
  });

  it.each([
    [{}, 'titles'],
    [{ titles: [] }, 'titles'],
    [{ titles: ['Faust'] }, 'titles.0'],
    [{ titles: [{}], isDryRun: true }, 'isDryRun'],
  ])('returns 400 for the body %j', async (json, path) => {
    const response = await importTitles(json);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ path }] });
  });
});
