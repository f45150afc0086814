import { randomUUID } from 'node:crypto';
import { catalogV1 } from '@viernes/contracts';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

describe('GET /v1/deletions', () => {
  const [titleId, personId] = [randomUUID(), randomUUID()];
  const deletedAt = '2026-03-01T12:00:00.000Z';
  let edge: TestEdge;

  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());

  it('lists titles and people that can be restored', async () => {
    let request: catalogV1.ListDeletionsRequest | undefined;
    edge.catalog.handlers.listDeletions = (received) => {
      request = received;
      const { DELETED_KIND_PERSON, DELETED_KIND_SERIES } = catalogV1.DeletedKind;
      const deletions = [
        { kind: DELETED_KIND_SERIES, id: titleId, name: 'Babylon Berlin', releaseYear: 2017, deletedAt },
        { kind: DELETED_KIND_PERSON, id: personId, name: 'Fritz Lang', releaseYear: undefined, deletedAt },
      ];
      return { deletions, nextCursor: 'next' };
    };
    const response = await edge.fetch('/v1/deletions?pageSize=2&cursor=previous');
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        deletions: [
          { kind: 'series', id: titleId, name: 'Babylon Berlin', releaseYear: 2017, deletedAt },
          { kind: 'person', id: personId, name: 'Fritz Lang', releaseYear: null, deletedAt },
        ],
        nextCursor: 'next',
      },
    ]);
    expect(request).toEqual({ pageSize: 2, cursor: 'previous' });
  });
});
