import { enumValues, limits, type Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { useMemo } from 'react';
import { SelectField, TextArea, TextField } from '../../ui/field.js';
import { toNumberAttributes } from '../form/to-number-attributes.js';
import { WordListField } from '../form/word-list-field.js';
import { ArtworkFields } from './artwork-fields.js';
import { AvailabilityFields } from './availability-fields.js';
import {
  formatCountry,
  formatLanguage,
  listCountryNames,
  parseCountry,
  parseLanguage,
} from './country-and-language-names.js';
import { CreditFields } from './credit-fields.js';
import type { ErrorOf } from '../form/field-errors.js';
import type { TitleDraft } from './title-draft.js';

const LIMITS = limits.NewTitle;

type TextName = {
  [Name in keyof TitleDraft]: TitleDraft[Name] extends string ? Name : never;
}[keyof TitleDraft];

export interface TitleFieldsProps {
  readonly draft: TitleDraft;
  /** The slug of a new title can be empty. */
  readonly isNew: boolean;
  readonly errorOf: ErrorOf;
  readonly onChange: (fields: Partial<TitleDraft>) => void;
}

export function TitleFields({ draft, isNew, errorOf, onChange }: TitleFieldsProps) {
  const countryNames = useMemo(listCountryNames, []);
  const toProps = (name: TextName) => ({
    label: t(`editor.fields.${name}`),
    value: draft[name],
    error: errorOf(name),
    autoComplete: 'off',
    onChange: ({ target }: { readonly target: { readonly value: string } }) => onChange({ [name]: target.value }),
  });
  return (
    <>
      <section className="panel" aria-labelledby="editor-basics">
        <h2 id="editor-basics">{t('editor.basics')}</h2>
        <TextField {...toProps('name')} required maxLength={LIMITS.name.maxLength} />
        <div className="editor-grid">
          <SelectField
            {...toProps('kind')}
            onChange={({ target }) =>
              onChange(target.value === 'film' ? { kind: 'film', seasonCount: '' } : { kind: 'series' })
            }
          >
            <option value="film">{t('editor.film')}</option>
            <option value="series">{t('editor.series')}</option>
          </SelectField>
          <TextField {...toProps('releaseYear')} {...toNumberAttributes(LIMITS.releaseYear)} />
          <TextField {...toProps('runtimeMinutes')} {...toNumberAttributes(LIMITS.runtimeMinutes)} />
          {draft.kind === 'series' ? (
            <TextField {...toProps('seasonCount')} {...toNumberAttributes(LIMITS.seasonCount)} />
          ) : null}
          <SelectField {...toProps('maturityRating')}>
            <option value="">{t('editor.unknownRating')}</option>
            {enumValues.MaturityRating.map((rating) => (
              <option key={rating}>{rating}</option>
            ))}
          </SelectField>
          <TextField {...toProps('score')} {...toNumberAttributes(LIMITS.score)} step={0.1} inputMode="decimal" />
        </div>
        <TextArea {...toProps('synopsis')} maxLength={LIMITS.synopsis.maxLength} rows={5} />
      </section>
      <section className="panel" aria-labelledby="editor-categories">
        <h2 id="editor-categories">{t('editor.categories')}</h2>
        <WordListField
          label={t('editor.fields.genres')}
          hint={t('editor.genresHint')}
          words={draft.genres}
          maxWords={LIMITS.genres.maxItems}
          maxLength={LIMITS.genres.items.maxLength}
          parse={(text) => text}
          error={errorOf('genres')}
          onChange={(genres) => onChange({ genres })}
        />
        <WordListField<Schema<'CountryCode'>>
          label={t('editor.fields.countries')}
          hint={t('editor.countriesHint')}
          words={draft.countries}
          maxWords={LIMITS.countries.maxItems}
          suggestions={countryNames}
          format={formatCountry}
          parse={parseCountry}
          error={errorOf('countries')}
          onChange={(countries) => onChange({ countries })}
        />
        <WordListField
          label={t('editor.fields.languages')}
          hint={t('editor.languagesHint')}
          words={draft.languages}
          maxWords={LIMITS.languages.maxItems}
          format={formatLanguage}
          parse={parseLanguage}
          error={errorOf('languages')}
          onChange={(languages) => onChange({ languages })}
        />
      </section>
      <section className="panel">
        <CreditFields credits={draft.credits} errorOf={errorOf} onChange={(credits) => onChange({ credits })} />
      </section>
      <section className="panel">
        <ArtworkFields artwork={draft.artwork} errorOf={errorOf} onChange={(artwork) => onChange({ artwork })} />
      </section>
      <section className="panel">
        <AvailabilityFields
          availability={draft.availability}
          errorOf={errorOf}
          onChange={(availability) => onChange({ availability })}
        />
      </section>
      <section className="panel" aria-labelledby="editor-identity">
        <h2 id="editor-identity">{t('editor.identifiers')}</h2>
        <div className="editor-grid">
          <TextField
            {...toProps('slug')}
            required={!isNew}
            maxLength={LIMITS.slug.maxLength}
            hint={isNew ? t('editor.newSlugHint') : t('editor.slugHint')}
          />
          <TextField {...toProps('externalId')} maxLength={LIMITS.externalId.maxLength} />
          <TextField {...toProps('addedOn')} type="date" />
        </div>
      </section>
    </>
  );
}
