import { t } from 'i18next';
import { useState } from 'react';
import { Link } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { SearchBox } from '../browse/search-box.js';
import { listFacts } from '../title/title-facts.js';
import { useTitleSearch } from '../title/use-title-search.js';
import { usePageTitle } from '../ui/use-page-title.js';

const MAX_RESULTS = 12;

/** The start page of editors. Searches for titles to edit, and links to the other pages of the editor. */
export function EditorPage() {
  usePageTitle(t('editor.heading'));
  const [query, setQuery] = useState('');
  const { titles, hasNoMatch, error } = useTitleSearch(query, MAX_RESULTS);
  return (
    <div className="page editor">
      <header className="editor-head">
        <h1>{t('editor.heading')}</h1>
      </header>
      <div className="editor-actions">
        <Link className="button button-primary" to="/editor/titles/new">
          {t('editor.newTitle')}
        </Link>
        <Link className="button button-quiet" to="/editor/people/new">
          {t('editor.people.new')}
        </Link>
        <Link className="button button-quiet" to="/editor/import">
          {t('editor.importTitles')}
        </Link>
        <Link className="button button-quiet" to="/editor/deletions">
          {t('editor.deletions.open')}
        </Link>
        <Link className="button button-quiet" to="/editor/webhooks">
          {t('editor.webhooks.heading')}
        </Link>
      </div>
      <section className="panel" aria-labelledby="editor-find">
        <h2 id="editor-find">{t('editor.findTitle')}</h2>
        <SearchBox query={query} onQuery={setQuery} />
        {error ? <p className="form-problem">{toMessage(error)}</p> : null}
        <ul className="editor-results" aria-label={t('editor.foundTitles')}>
          {titles.map((title) => (
            <li key={title.id}>
              <Link to={`/editor/titles/${title.id}`}>{title.name}</Link>{' '}
              <span className="field-hint">{listFacts(title).join(' · ')}</span>
            </li>
          ))}
        </ul>
        {hasNoMatch ? <p className="field-hint">{t('editor.noMatch')}</p> : null}
      </section>
    </div>
  );
}
