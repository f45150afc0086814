import { t } from 'i18next';
import { type ReactNode, useId, useRef } from 'react';
import { flushSync } from 'react-dom';
import { moveRow, type Row } from './rows.js';

export interface RowListProps<Item extends Row> {
  readonly legend: string;
  readonly hint?: string;
  /** Selects the texts of the buttons: "Remove credit 2". */
  readonly noun: 'credit' | 'image' | 'window' | 'episode';
  readonly rows: readonly Item[];
  readonly maxRows: number;
  readonly isOrdered?: boolean;
  readonly create: () => Item;
  readonly onChange: (rows: readonly Item[]) => void;
  readonly children: (row: Item, change: (fields: Partial<Item>) => void, index: number) => ReactNode;
}

/** A list in a form whose rows can be added, removed, and moved. */
export function RowList<Item extends Row>(props: RowListProps<Item>) {
  const { legend, hint, noun, rows, maxRows, isOrdered = false, create, onChange, children } = props;
  const hintId = useId();
  const addButton = useRef<HTMLButtonElement>(null);
  const move = (index: number, step: number) => onChange(moveRow(rows, index, step));
  const remove = (removed: Item): void => {
    // Renders at once, because a full list disables the button that receives the focus.
    flushSync(() => onChange(rows.filter((row) => row !== removed)));
    // The button that had the focus no longer exists.
    addButton.current?.focus();
  };
  return (
    <fieldset className="row-list" aria-describedby={hint === undefined ? undefined : hintId}>
      <legend>{legend}</legend>
      {hint === undefined ? null : (
        <p className="field-hint" id={hintId}>
          {hint}
        </p>
      )}
      <ol>
        {rows.map((row, index) => (
          <li key={row.key} className="row-list-row">
            {children(
              row,
              (fields) => onChange(rows.map((each) => (each === row ? { ...row, ...fields } : each))),
              index,
            )}
            <div className="row-list-actions">
              {isOrdered ? (
                <>
                  <RowButton
                    text={t('editor.rows.up')}
                    name={t(`editor.rows.${noun}.up`, { row: index + 1 })}
                    onClick={() => move(index, -1)}
                  />
                  <RowButton
                    text={t('editor.rows.down')}
                    name={t(`editor.rows.${noun}.down`, { row: index + 1 })}
                    onClick={() => move(index, 1)}
                  />
                </>
              ) : null}
              <RowButton
                text={t('editor.rows.remove')}
                name={t(`editor.rows.${noun}.remove`, { row: index + 1 })}
                onClick={() => remove(row)}
              />
            </div>
          </li>
        ))}
      </ol>
      <button
        ref={addButton}
        type="button"
        className="button button-quiet button-small"
        disabled={rows.length >= maxRows}
        onClick={() => onChange([...rows, create()])}
      >
        {t(`editor.rows.${noun}.add`)}
      </button>
    </fieldset>
  );
}

interface RowButtonProps {
  readonly text: string;
  readonly name: string;
  readonly onClick: () => void;
}

function RowButton({ text, name, onClick }: RowButtonProps) {
  return (
    <button type="button" className="link-button" aria-label={name} onClick={onClick}>
      {text}
    </button>
  );
}
