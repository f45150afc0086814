import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { enumValues } from '@viernes/api-client';
import { t } from 'i18next';
import { ThumbDownIcon, ThumbUpIcon } from '../ui/icons.js';
import { ActionProblem } from './action-problem.js';
import { storeResult } from './store-result.js';
import { type Thumb, getRating, rateTitle, removeRating } from './title-action-requests.js';

const ICONS = { up: ThumbUpIcon, down: ThumbDownIcon };

/** Rates a title. Pressing the current rating removes it. */
export function RatingButtons({ titleId }: { readonly titleId: string }) {
  const queries = useQueryClient();
  const queryKey = ['rating', titleId];
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => getRating(titleId, signal), staleTime: 0 });
  const change = useMutation({
    mutationFn: (thumb: Thumb | null) => (thumb === null ? removeRating(titleId) : rateTitle(titleId, thumb)),
    onSuccess: (_, thumb) => storeResult(queries, queryKey, thumb),
  });
  return (
    <>
      <div className="rating-buttons" role="group" aria-label={t('rating.heading')}>
        {enumValues.Thumb.map((thumb) => {
          const Icon = ICONS[thumb];
          return (
            <button
              key={thumb}
              type="button"
              className="button button-quiet"
              aria-label={t(`rating.${thumb}`)}
              aria-pressed={data === thumb}
              disabled={data === undefined}
              onClick={() => {
                if (!change.isPending) change.mutate(data === thumb ? null : thumb);
              }}
            >
              <Icon />
            </button>
          );
        })}
      </div>
      <ActionProblem error={change.error} />
    </>
  );
}
