import { t } from 'i18next';
import { MessagePanel } from '../form/message-panel.js';
import { ChangeList } from './change-list.js';
import type { Conflict } from './use-editor.js';

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
    <MessagePanel heading={t('editor.conflict.heading')} isProblem>
      <p>{t('editor.conflict.text')}</p>
      <div className="conflict-sides">
        <section aria-labelledby="conflict-theirs">
          <h3 id="conflict-theirs">{t('editor.conflict.theirs')}</h3>
          <ChangeList changes={theirs} />
          {theirs.length === 0 ? <p className="field-hint">{t('editor.conflict.theirsNone')}</p> : null}
        </section>
        <section aria-labelledby="conflict-mine">
          <h3 id="conflict-mine">{t('editor.conflict.mine')}</h3>
          <ChangeList changes={mine} marked={{ fields: changedByBoth, text: t('editor.conflict.replacesTheirs') }} />
          {mine.length === 0 ? <p className="field-hint">{t('editor.conflict.mineNone')}</p> : null}
        </section>
      </div>
      <div className="editor-actions">
        <button type="button" className="button button-primary" onClick={() => onResolve(true)}>
          {t('editor.conflict.apply')}
        </button>
        <button type="button" className="button button-quiet" onClick={() => onResolve(false)}>
          {t('editor.conflict.discard')}
        </button>
      </div>
    </MessagePanel>
  );
}
