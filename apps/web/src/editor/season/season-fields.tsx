import { limits } from '@viernes/api-client';
import { t } from 'i18next';
import type { ReactNode } from 'react';
import { TextArea, TextField } from '../../ui/field.js';
import { toNumberAttributes } from '../form/to-number-attributes.js';
import type { ErrorOf } from '../form/field-errors.js';
import { EpisodeFields } from './episode-fields.js';
import type { SeasonDraft } from './season-draft.js';

const LIMITS = limits.SeasonInput;

export interface SeasonFieldsProps {
  readonly titleId: string;
  readonly heading: string;
  readonly draft: SeasonDraft;
  readonly errorOf: ErrorOf;
  readonly onChange: (fields: Partial<SeasonDraft>) => void;
  /** The number field of a new season. */
  readonly children?: ReactNode;
}

export function SeasonFields({ titleId, heading, draft, errorOf, onChange, children }: SeasonFieldsProps) {
  return (
    <>
      <section className="panel" aria-labelledby="season-fields">
        <h2 id="season-fields">{heading}</h2>
        <div className="editor-grid">
          {children}
          <TextField
            label={t('fields.name')}
            hint={t('editor.seasons.nameHint')}
            maxLength={LIMITS.name.maxLength}
            value={draft.name}
            error={errorOf('name')}
            onChange={({ target }) => onChange({ name: target.value })}
          />
          <TextField
            label={t('fields.year')}
            {...toNumberAttributes(LIMITS.releaseYear)}
            value={draft.releaseYear}
            error={errorOf('releaseYear')}
            onChange={({ target }) => onChange({ releaseYear: target.value })}
          />
        </div>
        <TextArea
          label={t('fields.synopsis')}
          rows={3}
          maxLength={LIMITS.synopsis.maxLength}
          value={draft.synopsis}
          error={errorOf('synopsis')}
          onChange={({ target }) => onChange({ synopsis: target.value })}
        />
      </section>
      <section className="panel">
        <p className="field-hint">{t('editor.seasons.videoHint')}</p>
        <EpisodeFields
          titleId={titleId}
          episodes={draft.episodes}
          errorOf={errorOf}
          onChange={(episodes) => onChange({ episodes })}
        />
      </section>
    </>
  );
}
