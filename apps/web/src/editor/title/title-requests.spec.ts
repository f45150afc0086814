import { QueryClient } from '@tanstack/react-query';
import { titleSearch } from '../../title/use-title-search.js';
import { listTitleQueries } from './title-requests.js';

describe('listTitleQueries', () => {
  it('contains the title and the lists that can contain it, but not other titles', async () => {
    const queries = new QueryClient();
    const keys = [['title', 't1'], ['titles', { query: 'dune' }], titleSearch('dune', 12).queryKey, ['title', 't2']];
    for (const queryKey of keys) queries.setQueryData<unknown>(queryKey, {});
    for (const queryKey of listTitleQueries('t1')) await queries.invalidateQueries({ queryKey });
    expect(keys.map((queryKey) => queries.getQueryState(queryKey)?.isInvalidated)).toEqual([true, true, true, false]);
    queries.clear();
  });
});
