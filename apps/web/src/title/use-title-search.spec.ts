import { QueryClient } from '@tanstack/react-query';
import { titleSearch } from './use-title-search.js';

describe('the search for titles to edit', () => {
  it('does not reuse the results of a search with another maximum', () => {
    const client = new QueryClient();
    const page = { titles: [], nextCursor: null, estimatedTotal: null, isTotalLowerBound: false, highlights: null };
    client.setQueryData(titleSearch('dune', 12).queryKey, page);
    expect(client.getQueryData(titleSearch('dune', 12).queryKey)).toBeDefined();
    expect(client.getQueryData(titleSearch('dune', 6).queryKey)).toBeUndefined();
    client.clear();
  });
});
