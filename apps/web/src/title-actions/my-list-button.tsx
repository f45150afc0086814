import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { t } from 'i18next';
import { CheckIcon, PlusIcon } from '../ui/icons.js';
import { ActionProblem } from './action-problem.js';
import { storeResult } from './store-result.js';
import { addToMyList, isInMyList, removeFromMyList } from './title-action-requests.js';

/** Adds a title to the list of the profile, or removes it. */
export function MyListButton({ titleId }: { readonly titleId: string }) {
  const queries = useQueryClient();
  const queryKey = ['my-list-entry', titleId];
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => isInMyList(titleId, signal), staleTime: 0 });
  const change = useMutation({
    mutationFn: (isListed: boolean) => (isListed ? addToMyList(titleId) : removeFromMyList(titleId)),
    onSuccess: async (_, isListed) => {
      await storeResult(queries, queryKey, isListed);
      await queries.invalidateQueries({ queryKey: ['my-list'] });
    },
  });
  const isListed = data ?? false;
  return (
    <>
      <button
        type="button"
        className="button button-quiet"
        aria-pressed={isListed}
        disabled={data === undefined}
        onClick={() => {
          if (!change.isPending) change.mutate(!isListed);
        }}
      >
        {isListed ? <CheckIcon /> : <PlusIcon />}
        {t('myList.heading')}
      </button>
      <ActionProblem error={change.error} />
    </>
  );
}
