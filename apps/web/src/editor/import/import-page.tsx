import { toSource } from '@viernes/title-csv';
import { t } from 'i18next';
import { type FormEvent, useState } from 'react';
import { toMessage } from '../../api/problem-messages.js';
import { TextField } from '../../ui/field.js';
import { ProgressBar } from '../../ui/progress-bar.js';
import { usePageTitle } from '../../ui/use-page-title.js';
import { MessagePanel } from '../form/message-panel.js';
import { FileError } from './file-source.js';
import { ImportResult } from './import-result.js';
import { useImport, type ImportState } from './use-import.js';

export function ImportPage() {
  usePageTitle(t('editor.importTitles'));
  const { state, start, cancel, reset } = useImport();
  const [file, setFile] = useState<File>();
  const [sourceText, setSourceText] = useState('');
  const source = toSource(sourceText);
  const isRunning = state.step === 'running';
  const isPreview = state.step !== 'choosing' && state.summary.isDryRun;

  const preview = (event: FormEvent): void => {
    event.preventDefault();
    if (file && source !== undefined) start(file, source, true);
  };

  return (
    <div className="page editor">
      <header className="editor-head">
        <h1>{t('editor.importTitles')}</h1>
        <p>{t('editor.import.lead')}</p>
      </header>
      <form className="panel" onSubmit={preview} aria-busy={isRunning}>
        <div className="editor-grid">
          <TextField
            label={t('editor.import.file')}
            type="file"
            accept=".csv,.tsv,.txt,.json"
            required
            disabled={isRunning}
            onChange={({ target }) => {
              const [chosen] = target.files ?? [];
              setFile(chosen);
              setSourceText(chosen?.name.replace(/\.[^.]*$/, '') ?? '');
              reset();
            }}
          />
          <TextField
            label={t('editor.import.source')}
            hint={t('editor.import.sourceHint')}
            error={file && source === undefined ? t('editor.import.sourceInvalid') : undefined}
            required
            disabled={isRunning}
            value={sourceText}
            onChange={({ target }) => {
              setSourceText(target.value);
              reset();
            }}
          />
        </div>
        <div className="editor-actions">
          <button type="submit" className="button button-primary" disabled={isRunning || !file || source === undefined}>
            {t('editor.import.preview')}
          </button>
        </div>
      </form>
      {isRunning ? (
        <section className="panel" aria-labelledby="import-progress">
          <h2 id="import-progress">{isPreview ? t('editor.import.comparing') : t('editor.import.importing')}</h2>
          <ProgressBar label={t('editor.import.progress')} fraction={toFraction(state, file)} />
          <p className="field-hint" role="status">
            {t('editor.import.rowCount', { count: state.summary.batch?.rows ?? 0 })}
          </p>
          <div className="editor-actions">
            <button type="button" className="button button-quiet" onClick={cancel}>
              {t('common.cancel')}
            </button>
          </div>
        </section>
      ) : null}
      {state.step === 'failed' ? (
        <MessagePanel heading={t('editor.import.stopped')} isProblem>
          <p>{describeProblem(state.problem)}</p>
        </MessagePanel>
      ) : null}
      {state.step === 'canceled' ? (
        <MessagePanel heading={t('editor.import.canceled')}>
          {isPreview ? null : <p>{t('editor.import.canceledText')}</p>}
        </MessagePanel>
      ) : null}
      {state.step === 'done' ? (
        <MessagePanel heading={isPreview ? t('editor.import.previewDone') : t('editor.import.done')}>
          {isPreview && file && source !== undefined ? (
            <div className="editor-actions">
              <button type="button" className="button button-primary" onClick={() => start(file, source, false)}>
                {t('editor.import.start')}
              </button>
            </div>
          ) : null}
        </MessagePanel>
      ) : null}
      {state.step === 'choosing' || isRunning ? null : (
        <ImportResult summary={state.summary} fileName={file?.name ?? ''} />
      )}
    </div>
  );
}

function toFraction(state: ImportState, file: File | undefined): number {
  if (state.step !== 'running' || !state.summary.batch || !file) return 0;
  return state.summary.batch.endByte / file.size;
}

function describeProblem(problem: unknown): string {
  return problem instanceof FileError ? problem.message : toMessage(problem);
}
