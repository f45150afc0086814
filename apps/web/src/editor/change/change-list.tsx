import { t } from 'i18next';
import { describeChange } from './change-text.js';
import { toFieldLabel, type FieldChange } from './field-changes.js';

export interface ChangeListProps {
  readonly changes: readonly FieldChange[];
  /** The fields with a tag, and the text of the tag. */
  readonly marked?: { readonly fields: ReadonlySet<string>; readonly text: string };
}

/** Lists changes as "field: before → after". */
export function ChangeList({ changes, marked }: ChangeListProps) {
  return (
    <ul className="change-list">
      {changes.map((change) => {
        const { before, after } = describeChange(change);
        return (
          <li key={change.field}>
            <strong>{toFieldLabel(change.field)}</strong>
            {marked?.fields.has(change.field) ? <span className="tag">{marked.text}</span> : null}
            <p>
              <span className="visually-hidden">{t('editor.changes.before')} </span>
              <del>{before}</del> <span aria-hidden="true">→</span>{' '}
              <span className="visually-hidden">{t('editor.changes.after')} </span>
              <ins>{after}</ins>
            </p>
          </li>
        );
      })}
    </ul>
  );
}
