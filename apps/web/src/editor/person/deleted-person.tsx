import { useQueryClient } from '@tanstack/react-query';
import { t } from 'i18next';
import { DeletedResource } from '../change/deleted-resource.js';
import { listPersonChanges, restorePerson } from './person-requests.js';

export function DeletedPerson({ personId }: { readonly personId: string }) {
  const queries = useQueryClient();
  return (
    <DeletedResource
      resource={`people/${personId}`}
      texts={{
        pageTitle: t('editor.people.deletedPerson'),
        heading: t('editor.people.deleted'),
        text: t('editor.people.deletedText'),
        button: t('editor.people.restore'),
        notFound: t('person.notFound'),
        notFoundText: t('person.notFoundText'),
      }}
      listChanges={(cursor, signal) => listPersonChanges(personId, cursor, signal)}
      restore={async () => {
        queries.setQueryData(['person-version', personId], await restorePerson(personId));
        for (const queryKey of [['person'], ['title'], ['titles']]) void queries.invalidateQueries({ queryKey });
      }}
    />
  );
}
