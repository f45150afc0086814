import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { type KeyboardEvent, useId, useState } from 'react';
import { useNavigate } from 'react-router';
import { Highlighted } from '../ui/highlighted.js';
import { markWords } from './mark-words.js';
import { SearchField } from './search-field.js';
import { useSuggestions } from './use-suggestions.js';
import { type SearchTextOptions, useSearchText } from './use-search-text.js';
import './search-combobox.css';

/**
 * A search field with suggested titles and people: the arrow keys select one, Enter opens it, Escape closes the list.
 * Without a selection, Enter searches.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function SearchCombobox(options: SearchTextOptions) {
  const id = useId();
  const navigate = useNavigate();
  const { text, setText, report } = useSearchText(options);
  const [isExpanded, setExpanded] = useState(false);
  const [activeIndex, setActiveIndex] = useState(-1);
  const suggestions = useSuggestions(isExpanded ? text : '');
  const isOpen = isExpanded && suggestions !== undefined && suggestions.length > 0;

  const close = (): void => {
    setExpanded(false);
    setActiveIndex(-1);
  };
  const open = ({ kind, id: suggestedId }: Schema<'Suggestion'>): void => {
    close();
    void navigate(`/${kind === 'person' ? 'people' : 'titles'}/${suggestedId}`);
  };
  /** Moves through the options and the field itself, which has the index -1. */
  const move = (step: 1 | -1): void => {
    if (!isOpen) return setExpanded(true);
    const stops = suggestions.length + 1;
    setActiveIndex(((activeIndex + 1 + step + stops) % stops) - 1);
  };
  const handleKey = (event: KeyboardEvent): void => {
    // In an input method, Enter and the arrow keys select characters.
    if (event.nativeEvent.isComposing) return;
    const active = isOpen ? suggestions[activeIndex] : undefined;
    switch (event.key) {
      case 'ArrowDown':
        move(1);
        break;
      case 'ArrowUp':
        move(-1);
        break;
      case 'Enter':
        if (active) open(active);
        else report();
        close();
        break;
      case 'Escape':
        if (!isOpen) setText('');
        close();
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  return (
    <SearchField
      id={id}
      role="combobox"
      value={text}
      placeholder={t('search.placeholder')}
      aria-autocomplete="list"
      aria-expanded={isOpen}
      aria-controls={`${id}-list`}
      aria-activedescendant={isOpen && activeIndex >= 0 ? `${id}-${activeIndex}` : undefined}
      onChange={(event) => {
        setText(event.target.value);
        setExpanded(true);
        setActiveIndex(-1);
      }}
      onKeyDown={handleKey}
      onBlur={close}
    >
      <ul
        id={`${id}-list`}
        role="listbox"
        aria-label={t('search.suggestions')}
        className="suggestions"
        hidden={!isOpen}
      >
        {suggestions?.map((suggestion, index, all) => (
          <li
            key={suggestion.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === activeIndex}
            // Keeps the focus in the field.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => open(suggestion)}
          >
            <span className="suggestion-name">
              <Highlighted parts={markWords(suggestion.name, text)} />
            </span>
            <span className="suggestion-kind">{describe(suggestion, all)}</span>
          </li>
        ))}
      </ul>
      <p className="visually-hidden" role="status">
        {isExpanded && suggestions !== undefined ? describeCount(suggestions.length) : ''}
      </p>
    </SearchField>
  );
}

/** Labels people, and distinguishes titles with the same name by their years. */
function describe(suggestion: Schema<'Suggestion'>, all: readonly Schema<'Suggestion'>[]): string {
  if (suggestion.kind === 'person') return t('search.person');
  const isUnique = all.filter(({ name }) => name === suggestion.name).length === 1;
  return isUnique || suggestion.releaseYear === null ? '' : String(suggestion.releaseYear);
}

function describeCount(count: number): string {
  return count === 0 ? t('search.noSuggestions') : t('search.suggestionCount', { count });
}
