import { useQuery } from '@tanstack/react-query';
import { t } from 'i18next';
import { TitleRow } from './title-row.js';
import { listRelatedTitles } from './titles.js';

/** Titles like this one. Shows nothing until they are loaded, and if there are none. */
export function RelatedTitles({ titleId }: { readonly titleId: string }) {
  const { data } = useQuery({
    queryKey: ['related-titles', titleId],
    queryFn: ({ signal }) => listRelatedTitles(titleId, signal),
  });
  if (!data || data.titles.length === 0) return null;
  return <TitleRow row={{ id: 'related', name: t('title.moreLikeThis'), titles: data.titles }} />;
}
