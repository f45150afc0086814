import { QueryClient } from '@tanstack/react-query';
import { invalidateTitle } from './title-queries.js';
import { titleSearch } from './use-title-search.js';

describe('invalidateTitle', () => {
  it('invalidates the title and the lists that can contain it, but not other titles', () => {
    const queries = new QueryClient();
    const lists = [['titles', { query: 'dune' }], titleSearch('dune', 12).queryKey, ['suggestions', 'du']];
    const keys = [['title', 't1'], ...lists, ['title', 't2']];
    for (const queryKey of keys) queries.setQueryData<unknown>(queryKey, {});
    invalidateTitle(queries, 't1');
    const invalidated = keys.filter((queryKey) => queries.getQueryState(queryKey)?.isInvalidated);
    expect(invalidated).toEqual([['title', 't1'], ...lists]);
    queries.clear();
  });
});
