import { MessagePanel } from '../form/message-panel.js';
import { ChangeList } from './change-list.js';
import type { Conflict } from './use-title-editor.js';

export interface ConflictPanelProps {
  readonly conflict: Conflict;
  readonly onResolve: (isReapplied: boolean) => void;
}

/** Replaces the form when another editor has saved a change first. */
export function ConflictPanel({ conflict: { theirs, mine }, onResolve }: ConflictPanelProps) {
  const changedByBoth = new Set(
    mine.map(({ field }) => field).filter((name) => theirs.some((each) => each.field === name)),
  );
  return (
    <MessagePanel heading="Another editor changed this title" isProblem>
      <p>Nothing was saved. Compare the changes, and choose how to continue.</p>
      <div className="conflict-sides">
        <section aria-labelledby="conflict-theirs">
          <h3 id="conflict-theirs">Their changes</h3>
          <ChangeList changes={theirs} />
          {theirs.length === 0 ? <p className="field-hint">No field differs. A video or a season changed.</p> : null}
        </section>
        <section aria-labelledby="conflict-mine">
          <h3 id="conflict-mine">Your changes</h3>
          <ChangeList changes={mine} marked={{ fields: changedByBoth, text: 'replaces theirs' }} />
          {mine.length === 0 ? <p className="field-hint">None</p> : null}
        </section>
      </div>
      <div className="editor-actions">
        <button type="button" className="button button-primary" onClick={() => onResolve(true)}>
          Apply my changes to the new version
        </button>
        <button type="button" className="button button-quiet" onClick={() => onResolve(false)}>
          Discard my changes
        </button>
      </div>
    </MessagePanel>
  );
}
