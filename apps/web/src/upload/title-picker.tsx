import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { useState } from 'react';
import { toMessage } from '../api/problem-messages.js';
import { SearchBox } from '../browse/search-box.js';
import { listFacts } from '../title/title-facts.js';
import { useTitleSearch } from '../title/use-title-search.js';
import { NewTitleForm } from './new-title-form.js';

const MAX_RESULTS = 6;

export interface TitlePickerProps {
  readonly chosen: Schema<'Title'> | undefined;
  readonly onChoose: (title: Schema<'Title'> | undefined) => void;
}

export function TitlePicker({ chosen, onChoose }: TitlePickerProps) {
  const [isNew, setNew] = useState(false);
  if (chosen) {
    return (
      <div className="picked">
        <TitleLine title={chosen} />
        <button type="button" className="link-button" onClick={() => onChoose(undefined)}>
          {t('upload.changeTitle')}
        </button>
      </div>
    );
  }
  return (
    <>
      <div className="switch" role="group" aria-label={t('upload.titleOfVideo')}>
        <button type="button" className="chip" aria-pressed={!isNew} onClick={() => setNew(false)}>
          {t('upload.existingTitle')}
        </button>
        <button type="button" className="chip" aria-pressed={isNew} onClick={() => setNew(true)}>
          {t('upload.newTitle')}
        </button>
      </div>
      {isNew ? <NewTitleForm onCreated={onChoose} /> : <TitleSearch onChoose={onChoose} />}
    </>
  );
}

function TitleSearch({ onChoose }: Pick<TitlePickerProps, 'onChoose'>) {
  const [query, setQuery] = useState('');
  const { titles, hasNoMatch, error } = useTitleSearch(query, MAX_RESULTS);
  return (
    <>
      <SearchBox query={query} onQuery={setQuery} />
      {error ? <p className="form-problem">{toMessage(error)}</p> : null}
      <ul className="found" aria-label={t('upload.foundTitles')}>
        {titles.map((title) => (
          <li key={title.id}>
            <button type="button" onClick={() => onChoose(title)}>
              <TitleLine title={title} />
            </button>
          </li>
        ))}
      </ul>
      {hasNoMatch ? <p className="field-hint">{t('upload.noMatch')}</p> : null}
    </>
  );
}

function TitleLine({ title }: { readonly title: Schema<'Title'> }) {
  return (
    <span>
      <strong>{title.name}</strong> <span className="picked-facts">{listFacts(title).join(' · ')}</span>
    </span>
  );
}
