import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sentenceOf } from '../api/problem.js';
import { listTitles } from '../api/titles.js';
import type { Title } from '../api/types.js';
import { SearchBox } from '../browse/search-box.js';
import { factsOf } from '../title/facts.js';
import { NewTitleForm } from './new-title-form.js';

const MOST_FOUND = 6;

export interface TitlePickerProps {
  readonly chosen: Title | undefined;
  readonly onChoose: (title: Title | undefined) => void;
}

export function TitlePicker({ chosen, onChoose }: TitlePickerProps) {
  const [isNew, setNew] = useState(false);
  const [query, setQuery] = useState('');
  const found = useQuery({
    queryKey: ['title-picker', query],
    queryFn: ({ signal }) => listTitles({ query }, null, MOST_FOUND, signal),
    enabled: query !== '',
  });

  if (chosen) {
    return (
      <div className="picked">
        <span>
          <strong>{chosen.name}</strong> <span className="picked-facts">{factsOf(chosen).join(' · ')}</span>
        </span>
        <button type="button" className="link-button" onClick={() => onChoose(undefined)}>
          Change title
        </button>
      </div>
    );
  }
  return (
    <>
      <div className="switch" role="group" aria-label="Which title">
        <button type="button" className="chip" aria-pressed={!isNew} onClick={() => setNew(false)}>
          Existing title
        </button>
        <button type="button" className="chip" aria-pressed={isNew} onClick={() => setNew(true)}>
          New title
        </button>
      </div>
      {isNew ? (
        <NewTitleForm onCreated={onChoose} />
      ) : (
        <>
          <SearchBox query={query} onQuery={setQuery} />
          {found.isError ? <p className="form-problem">{sentenceOf(found.error)}</p> : null}
          <ul className="found" aria-label="Found titles">
            {(query ? (found.data?.titles ?? []) : []).map((title) => (
              <li key={title.id}>
                <button type="button" onClick={() => onChoose(title)}>
                  <strong>{title.name}</strong> <span className="picked-facts">{factsOf(title).join(' · ')}</span>
                </button>
              </li>
            ))}
          </ul>
          {found.data?.titles.length === 0 ? (
            <p className="field-hint">No title by that name. Create it as a new title.</p>
          ) : null}
        </>
      )}
    </>
  );
}
