import { useQueryClient } from '@tanstack/react-query';
import { t } from 'i18next';
import { DeletedResource } from '../change/deleted-resource.js';
import { invalidateTitle } from '../../title/title-queries.js';
import { listTitleChanges, restoreTitle } from './title-requests.js';

export function DeletedTitle({ titleId }: { readonly titleId: string }) {
  const queries = useQueryClient();
  return (
    <DeletedResource
      resource={`titles/${titleId}`}
      texts={{
        pageTitle: t('editor.deletedTitle'),
        heading: t('editor.titleDeleted'),
        text: t('editor.titleDeletedText'),
        button: t('editor.restoreTitle'),
        notFound: t('title.notFound'),
        notFoundText: t('problems.TITLE_NOT_FOUND'),
      }}
      listChanges={(cursor, signal) => listTitleChanges(titleId, cursor, signal)}
      restore={async () => {
        queries.setQueryData(['title-version', titleId], await restoreTitle(titleId));
        invalidateTitle(queries, titleId);
      }}
    />
  );
}
