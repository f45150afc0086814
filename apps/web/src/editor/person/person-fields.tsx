import { limits } from '@viernes/api-client';
import { t } from 'i18next';
import { TextField } from '../../ui/field.js';
import type { PersonInput } from './person-requests.js';

const LIMITS = limits.PersonInput;

export interface PersonFieldsProps {
  readonly draft: PersonInput;
  /** The slug of a new person can be empty. */
  readonly isNew: boolean;
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (fields: Partial<PersonInput>) => void;
}

export function PersonFields({ draft, isNew, errorOf, onChange }: PersonFieldsProps) {
  return (
    <>
      <TextField
        label={t('editor.fields.name')}
        required
        maxLength={LIMITS.name.maxLength}
        autoComplete="off"
        value={draft.name}
        error={errorOf('name')}
        onChange={({ target }) => onChange({ name: target.value })}
      />
      <TextField
        label={t('editor.fields.slug')}
        hint={isNew ? t('editor.people.newSlugHint') : t('editor.people.slugHint')}
        required={!isNew}
        maxLength={LIMITS.slug.maxLength}
        autoComplete="off"
        value={draft.slug}
        error={errorOf('slug')}
        onChange={({ target }) => onChange({ slug: target.value })}
      />
    </>
  );
}
