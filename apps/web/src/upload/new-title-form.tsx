import { useQueryClient } from '@tanstack/react-query';
import { limits, type Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { invalidateTitle } from '../title/title-queries.js';
import { createTitle } from '../title/titles.js';
import { TextArea, TextField } from '../ui/field.js';
import { RequestForm } from '../ui/request-form.js';
import { toNewTitle } from './new-title.js';

const { name, releaseYear, synopsis } = limits.NewTitle;

export function NewTitleForm({ onCreated }: { readonly onCreated: (title: Schema<'Title'>) => void }) {
  const queries = useQueryClient();
  const create = async (read: (name: string) => string): Promise<void> => {
    const title = await createTitle(toNewTitle(read));
    invalidateTitle(queries, title.id);
    onCreated(title);
  };
  return (
    <RequestForm send={create} submitText={t('upload.createTitle')} isQuiet>
      {(errors) => (
        <>
          <TextField
            label={t('fields.name')}
            name="name"
            required
            maxLength={name.maxLength}
            autoComplete="off"
            error={errors['name']}
          />
          <div className="field-pair">
            <TextField
              label={t('fields.year')}
              name="releaseYear"
              type="number"
              inputMode="numeric"
              min={releaseYear.minimum}
              max={releaseYear.maximum}
              error={errors['releaseYear']}
            />
            <TextField
              label={t('fields.genres')}
              name="genres"
              placeholder={t('upload.genresExample')}
              autoComplete="off"
              error={errors['genres']}
            />
          </div>
          <TextArea
            label={t('fields.synopsis')}
            name="synopsis"
            maxLength={synopsis.maxLength}
            rows={3}
            error={errors['synopsis']}
          />
        </>
      )}
    </RequestForm>
  );
}
