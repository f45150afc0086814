import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { limits } from '@viernes/api-client';
import { t } from 'i18next';
import { useId } from 'react';
import { CREDIT_ROLES } from '../../title/credit-facts.js';
import { SelectField, TextField } from '../../ui/field.js';
import { RowList } from '../form/row-list.js';
import { useDebounced } from '../../ui/use-debounced.js';
import type { ErrorOf } from '../form/field-errors.js';
import { newCredit, type CreditDraft } from './title-draft.js';
import { listPeopleNames } from './title-requests.js';

const { maxItems, items } = limits.NewTitle.credits;

export interface CreditFieldsProps {
  readonly credits: readonly CreditDraft[];
  readonly errorOf: ErrorOf;
  readonly onChange: (credits: readonly CreditDraft[]) => void;
}

export function CreditFields({ credits, errorOf, onChange }: CreditFieldsProps) {
  return (
    <RowList
      legend={t('editor.credits.legend')}
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
            label={t('editor.credits.role', { row: index + 1 })}
            value={credit.role}
            error={errorOf(`credits.${index}.role`)}
            onChange={({ target }) => change({ role: target.value as CreditDraft['role'] })}
          >
            {CREDIT_ROLES.map((role) => (
              <option key={role} value={role}>
                {t(`roles.${role}`)}
              </option>
            ))}
          </SelectField>
          <PersonField
            label={t('editor.credits.person', { row: index + 1 })}
            credit={credit}
            error={errorOf(`credits.${index}.name`) ?? errorOf(`credits.${index}.personId`)}
            onName={(name) => change({ name, personId: undefined })}
          />
          <TextField
            label={t('editor.credits.character', { row: index + 1 })}
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
    return t('editor.credits.known');
  }
  return entered !== '' && entered === query ? t('editor.credits.unknown') : undefined;
}
