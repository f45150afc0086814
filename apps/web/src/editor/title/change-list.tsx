import { describeChange } from './change-text.js';
import { FIELD_LABELS, type FieldChange } from './title-changes.js';

export interface ChangeListProps {
  readonly changes: readonly FieldChange[];
  /** Fields with a mark, and its text. */
  readonly marked?: { readonly fields: ReadonlySet<string>; readonly text: string };
}

/** Changes as "field: before → after". */
export function ChangeList({ changes, marked }: ChangeListProps) {
  return (
    <ul className="change-list">
      {changes.map((change) => {
        const { before, after } = describeChange(change);
        return (
          <li key={change.field}>
            <strong>{(FIELD_LABELS as Readonly<Record<string, string>>)[change.field] ?? change.field}</strong>
            {marked?.fields.has(change.field) ? <span className="tag">{marked.text}</span> : null}
            <p>
              <span className="visually-hidden">before: </span>
              <del>{before}</del> <span aria-hidden="true">→</span> <span className="visually-hidden">after: </span>
              <ins>{after}</ins>
            </p>
          </li>
        );
      })}
    </ul>
  );
}
