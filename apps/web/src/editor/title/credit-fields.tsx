import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { limits } from '@viernes/api-client';
import { useId } from 'react';
import { SelectField, TextField } from '../../ui/field.js';
import { RowList } from '../form/row-list.js';
import { useDebounced } from '../../ui/use-debounced.js';
import type { ErrorOf } from './field-errors.js';
import { newCredit, type CreditDraft } from './title-draft.js';
import { listPeopleNames } from './title-requests.js';

const { maxItems, items } = limits.NewTitle.credits;
const ROLES = { director: 'Director', actor: 'Actor', writer: 'Writer', producer: 'Producer', composer: 'Composer' };

export interface CreditFieldsProps {
  readonly credits: readonly CreditDraft[];
  readonly errorOf: ErrorOf;
  readonly onChange: (credits: readonly CreditDraft[]) => void;
}

export function CreditFields({ credits, errorOf, onChange }: CreditFieldsProps) {
  return (
    <RowList
      legend="Credits, in their order"
      noun="credit"
      rows={credits}
      maxRows={maxItems}
      isOrdered
      create={newCredit}
      onChange={onChange}
    >
      {(credit, change, index) => (
        <div className="row-list-fields">
          <SelectField
            label={`Role ${index + 1}`}
            value={credit.role}
            error={errorOf(`credits.${index}.role`)}
            onChange={({ target }) => change({ role: target.value as CreditDraft['role'] })}
          >
            {Object.entries(ROLES).map(([role, text]) => (
              <option key={role} value={role}>
                {text}
              </option>
            ))}
          </SelectField>
          <PersonField
            label={`Person ${index + 1}`}
            credit={credit}
            error={errorOf(`credits.${index}.name`) ?? errorOf(`credits.${index}.personId`)}
            onName={(name) => change({ name, personId: undefined })}
          />
          <TextField
            label={`Character ${index + 1}`}
            value={credit.character}
            maxLength={items.character.maxLength}
            autoComplete="off"
            error={errorOf(`credits.${index}.character`)}
            onChange={({ target }) => change({ character: target.value })}
          />
        </div>
      )}
    </RowList>
  );
}

interface PersonFieldProps {
  readonly label: string;
  readonly credit: CreditDraft;
  readonly error: string | undefined;
  readonly onName: (name: string) => void;
}

/** Suggests people of the catalog. Another name creates a person when the title is saved. */
function PersonField({ label, credit, error, onName }: PersonFieldProps) {
  const listId = useId();
  const query = useDebounced(credit.personId === undefined ? credit.name.trim() : '');
  const { data: names = [] } = useQuery({
    queryKey: ['people-names', query],
    queryFn: ({ signal }) => listPeopleNames(query, signal),
    enabled: query.length > 1,
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <TextField
        label={label}
        value={credit.name}
        required
        maxLength={items.name.maxLength}
        autoComplete="off"
        list={listId}
        hint={describePerson(credit, query, names)}
        error={error}
        onChange={({ target }) => onName(target.value)}
      />
      <datalist id={listId}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

function describePerson({ personId, name }: CreditDraft, query: string, names: readonly string[]): string | undefined {
  const entered = name.trim();
  if (personId !== undefined || names.some((each) => each.toLowerCase() === entered.toLowerCase())) {
    return 'In the catalog';
  }
  return entered !== '' && entered === query ? 'Created if the catalog has no person with this name' : undefined;
}
