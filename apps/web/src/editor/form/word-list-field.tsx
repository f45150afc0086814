import { t } from 'i18next';
import { useId, useState } from 'react';
import { Field, type FieldProps } from '../../ui/field.js';

export interface WordListFieldProps<Word extends string> extends FieldProps {
  readonly words: readonly Word[];
  readonly maxWords: number;
  readonly maxLength?: number;
  readonly suggestions?: readonly string[];
  /** Returns the text of a word. */
  readonly format?: (word: Word) => string;
  /** Returns the word of a text, or undefined if the text is invalid. */
  readonly parse: (text: string) => Word | undefined;
  readonly onChange: (words: readonly Word[]) => void;
}

/** A list of short texts. Enter, a comma, or leaving the field adds the text. */
export function WordListField<Word extends string>(props: WordListFieldProps<Word>) {
  const { label, hint, error, words, maxWords, maxLength, suggestions = [], parse, onChange } = props;
  const format = props.format ?? String;
  const [text, setText] = useState('');
  const [isRejected, setRejected] = useState(false);
  const listId = useId();

  const add = (entered: string): void => {
    const trimmed = entered.trim();
    const word = trimmed === '' ? undefined : parse(trimmed);
    const isFull = words.length >= maxWords;
    setRejected(trimmed !== '' && (word === undefined || isFull));
    if (word === undefined || isFull) return setText(trimmed);
    setText('');
    if (!words.includes(word)) onChange([...words, word]);
  };
  const ownError = words.length >= maxWords ? t('editor.words.tooMany', { max: maxWords }) : t('invalidFields.other');

  return (
    <Field label={label} hint={hint} error={error ?? (isRejected ? ownError : undefined)}>
      {(described) => (
        <div className="word-list">
          {words.length > 0 ? (
            <ul>
              {words.map((word) => (
                <li key={word} className="chip">
                  {format(word)}
                  <button
                    type="button"
                    aria-label={t('editor.words.remove', { word: format(word), field: label })}
                    onClick={() => onChange(words.filter((each) => each !== word))}
                  >
                    ×
                  </button>
                </li>
              ))}
            </ul>
          ) : null}
          <input
            {...described}
            list={listId}
            value={text}
            maxLength={maxLength}
            autoComplete="off"
            onChange={({ target }) =>
              target.value.endsWith(',') ? add(target.value.slice(0, -1)) : setText(target.value)
            }
            onBlur={() => add(text)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || text.trim() === '') return;
              event.preventDefault();
              add(text);
            }}
          />
          <datalist id={listId}>
            {suggestions.map((suggestion) => (
              <option key={suggestion} value={suggestion} />
            ))}
          </datalist>
        </div>
      )}
    </Field>
  );
}
