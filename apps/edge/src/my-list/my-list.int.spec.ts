import { randomUUID } from 'node:crypto';
import { CodedError } from '@viernes/contracts';
import { titleMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

describe('/v1/my-list', () => {
  let edge: TestEdge;
  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());

  it('returns a page of titles, without those that do not exist for the profile', async () => {
    const [first, second] = [titleMessage({ name: 'M' }), titleMessage()];
    edge.user.handlers.listMyList = ({ pageSize, cursor }) => ({
      entries: [first.id, randomUUID(), second.id].map((titleId) => ({ titleId, addedAt: new Date().toISOString() })),
      nextCursor: `after-${pageSize}-${cursor}`,
    });
    edge.catalog.handlers.batchGetTitles = ({ titleIds }) => ({
      titles: [first, second].filter(({ id }) => titleIds.includes(id)),
    });
    const response = await edge.fetch('/v1/my-list?pageSize=3&cursor=x');
    expect(await response.json()).toMatchObject({
      titles: [
        { id: first.id, name: 'M' },
        { id: second.id, name: 'Metropolis' },
      ],
      nextCursor: 'after-3-x',
    });
  });

  it('returns an empty last page without calling the catalog', async () => {
    edge.user.handlers.listMyList = () => ({ entries: [], nextCursor: '' });
    delete edge.catalog.handlers.batchGetTitles;
    expect(await (await edge.fetch('/v1/my-list')).json()).toEqual({ titles: [], nextCursor: null });
  });

  it('adds only titles that exist for the profile', async () => {
    const known = titleMessage();
    const added: string[] = [];
    edge.catalog.handlers.getTitle = ({ titleId }) => {
      if (titleId !== known.id) throw new CodedError('TITLE_NOT_FOUND');
      return { title: known };
    };
    edge.user.handlers.addToMyList = ({ titleId }) => {
      added.push(titleId);
      return {};
    };
    const put = async (id: string) => (await edge.fetch(`/v1/my-list/${id}`, { method: 'PUT' })).status;
    expect([await put(known.id), await put(randomUUID()), await put('metropolis-1927')]).toEqual([204, 404, 400]);
    expect(added).toEqual([known.id]);
  });

  it('removes a title, and returns whether the list contains it', async () => {
    const id: string = randomUUID();
    const listed = new Set([id]);
    edge.user.handlers.checkMyList = ({ titleId }) => ({ isListed: listed.has(titleId) });
    edge.user.handlers.removeFromMyList = ({ titleId }) => {
      listed.delete(titleId);
      return {};
    };
    const get = async (): Promise<unknown> => (await edge.fetch(`/v1/my-list/${id}`)).json();
    expect(await get()).toEqual({ isListed: true });
    expect((await edge.fetch(`/v1/my-list/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await get()).toEqual({ isListed: false });
  });

  it('returns 403 to a session without a profile, and 409 if the list is full', async () => {
    edge.catalog.handlers.getTitle = () => ({ title: titleMessage() });
    for (const [code, status] of [
      ['PROFILE_NOT_SELECTED', 403],
      ['MY_LIST_FULL', 409],
    ] as const) {
      edge.user.handlers.addToMyList = () => {
        throw new CodedError(code);
      };
      const response = await edge.fetch(`/v1/my-list/${randomUUID()}`, { method: 'PUT' });
      expect([response.status, await response.json()]).toEqual([status, expect.objectContaining({ code })]);
    }
  });
});
