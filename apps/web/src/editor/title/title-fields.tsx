import { enumValues, limits, type Schema } from '@viernes/api-client';
import { SelectField, TextArea, TextField } from '../../ui/field.js';
import { toRange } from '../form/to-range.js';
import { WordListField } from '../form/word-list-field.js';
import { ArtworkFields } from './artwork-fields.js';
import { AvailabilityFields } from './availability-fields.js';
import { COUNTRY_NAMES, formatCountry, formatLanguage, parseCountry, parseLanguage } from './country-names.js';
import { CreditFields } from './credit-fields.js';
import type { ErrorOf } from './field-errors.js';
import { FIELD_LABELS } from './title-changes.js';
import type { TitleDraft } from './title-draft.js';

const title = limits.NewTitle;

type TextName = {
  [Name in keyof TitleDraft]: TitleDraft[Name] extends string ? Name : never;
}[keyof TitleDraft];

export interface TitleFieldsProps {
  readonly draft: TitleDraft;
  /** A title that exists always has a slug. */
  readonly isNew: boolean;
  readonly errorOf: ErrorOf;
  readonly onChange: (fields: Partial<TitleDraft>) => void;
}

export function TitleFields({ draft, isNew, errorOf, onChange }: TitleFieldsProps) {
  const toProps = (name: TextName) => ({
    label: FIELD_LABELS[name],
    value: draft[name],
    error: errorOf(name),
    autoComplete: 'off',
    onChange: ({ target }: { readonly target: { readonly value: string } }) => onChange({ [name]: target.value }),
  });
  return (
    <>
      <section className="panel" aria-labelledby="editor-basics">
        <h2 id="editor-basics">Basics</h2>
        <TextField {...toProps('name')} required maxLength={title.name.maxLength} />
        <div className="editor-grid">
          <SelectField
            {...toProps('kind')}
            onChange={({ target }) =>
              onChange(target.value === 'film' ? { kind: 'film', seasonCount: '' } : { kind: 'series' })
            }
          >
            <option value="film">Film</option>
            <option value="series">Series</option>
          </SelectField>
          <TextField {...toProps('releaseYear')} {...toRange(title.releaseYear)} />
          <TextField {...toProps('runtimeMinutes')} {...toRange(title.runtimeMinutes)} />
          {draft.kind === 'series' ? <TextField {...toProps('seasonCount')} {...toRange(title.seasonCount)} /> : null}
          <SelectField {...toProps('maturityRating')}>
            <option value="">Unknown</option>
            {enumValues.MaturityRating.map((rating) => (
              <option key={rating}>{rating}</option>
            ))}
          </SelectField>
          <TextField {...toProps('score')} {...toRange(title.score)} step={0.1} inputMode="decimal" />
        </div>
        <TextArea {...toProps('synopsis')} maxLength={title.synopsis.maxLength} rows={5} />
      </section>
      <section className="panel" aria-labelledby="editor-categories">
        <h2 id="editor-categories">Categories</h2>
        <WordListField
          label={FIELD_LABELS.genres}
          hint="Press Enter after each genre."
          words={draft.genres}
          maxWords={title.genres.maxItems}
          maxLength={title.genres.items.maxLength}
          parse={(text) => text}
          error={errorOf('genres')}
          onChange={(genres) => onChange({ genres })}
        />
        <WordListField<Schema<'CountryCode'>>
          label={FIELD_LABELS.countries}
          hint="Names, or codes such as DE"
          words={draft.countries}
          maxWords={title.countries.maxItems}
          suggestions={COUNTRY_NAMES}
          format={formatCountry}
          parse={parseCountry}
          error={errorOf('countries')}
          onChange={(countries) => onChange({ countries })}
        />
        <WordListField
          label={FIELD_LABELS.languages}
          hint="Codes such as de or pt-BR"
          words={draft.languages}
          maxWords={title.languages.maxItems}
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
        <h2 id="editor-identity">Identifiers</h2>
        <div className="editor-grid">
          <TextField
            {...toProps('slug')}
            required={!isNew}
            maxLength={title.slug.maxLength}
            hint={isNew ? 'Empty: derived from the name and the year' : 'Links with the old slug stop working.'}
          />
          <TextField {...toProps('externalId')} maxLength={title.externalId.maxLength} />
          <TextField {...toProps('addedOn')} type="date" />
        </div>
      </section>
    </>
  );
}
