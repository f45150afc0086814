import { randomUUID } from 'node:crypto';
import { CodedError, type userV1 } from '@viernes/contracts';
import { titleMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

describe('/v1/ratings/{titleId}', () => {
  const title = titleMessage();
  const thumbs = new Map<string, userV1.Thumb>();
  let edge: TestEdge;
  const request = (method: string, json?: unknown, id = title.id) =>
    edge.fetch(`/v1/ratings/${id}`, { method, ...(json !== undefined && { json }) });
  const getRating = async (): Promise<unknown> => (await request('GET')).json();

  beforeAll(async () => {
    edge = await startEdge();
    edge.catalog.handlers.getTitle = ({ titleId }) => {
      if (titleId !== title.id) throw new CodedError('TITLE_NOT_FOUND');
      return { title };
    };
    edge.user.handlers.rateTitle = ({ titleId, thumb }) => {
      thumbs.set(titleId, thumb);
      return {};
    };
    edge.user.handlers.removeRating = ({ titleId }) => {
      thumbs.delete(titleId);
      return {};
    };
    edge.user.handlers.getRating = ({ titleId }) => ({ thumb: thumbs.get(titleId) ?? 0 });
  });
  afterAll(() => edge.stop());

  it('rates a title, and removes the rating', async () => {
    expect(await getRating()).toEqual({ thumb: null });
    for (const thumb of ['up', 'down']) {
      expect((await request('PUT', { thumb })).status).toBe(204);
      expect(await getRating()).toEqual({ thumb });
    }
    expect((await request('DELETE')).status).toBe(204);
    expect(await getRating()).toEqual({ thumb: null });
  });

  it('rejects titles that do not exist for the profile, and unknown ratings', async () => {
    const unknown = randomUUID();
    expect((await request('PUT', { thumb: 'up' }, unknown)).status).toBe(404);
    expect((await request('PUT', { thumb: 'sideways' })).status).toBe(400);
    expect(thumbs.has(unknown)).toBe(false);
  });
});
