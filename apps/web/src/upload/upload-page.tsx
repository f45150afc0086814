import { useQuery } from '@tanstack/react-query';
import { t } from 'i18next';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { ForRole } from '../session/for-role.js';
import { formatPercent } from '../language/format.js';
import { getTitle } from '../title/titles.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { EpisodePicker } from './episode-picker.js';
import { FilePicker } from './file-picker.js';
import { describeState } from './rendition-list.js';
import { TitlePicker } from './title-picker.js';
import { UploadProgress } from './upload-progress.js';
import { type UploadState, useUpload } from './use-upload.js';
import './upload.css';

export function UploadPage() {
  usePageTitle(t('upload.pageTitle'));
  return (
    <ForRole role="editor">
      <UploadForm />
    </ForRole>
  );
}

function UploadForm() {
  const [parameters, setParameters] = useSearchParams();
  const titleId = parameters.get('title');
  const episodeId = parameters.get('episode');
  const [file, setFile] = useState<File>();
  const upload = useUpload();
  const title = useQuery({
    queryKey: ['title', titleId],
    queryFn: ({ signal }) => getTitle(titleId ?? '', signal),
    enabled: titleId !== null,
  });
  const chosen = titleId === null ? undefined : title.data;
  // A video belongs to a film or to an episode, never to a series.
  const targetId = chosen?.kind === 'series' ? episodeId : chosen?.id;
  const uploadAnother = (): void => {
    upload.reset();
    setFile(undefined);
    setParameters({});
  };

  return (
    <div className="page upload">
      <header className="upload-head">
        <h1>{t('upload.heading')}</h1>
        <p>{t('upload.lead')}</p>
      </header>
      <p className="visually-hidden" aria-live="polite">
        {announce(upload.state)}
      </p>
      {upload.state.step === 'choosing' ? (
        <>
          <section className="panel" aria-labelledby="upload-title">
            <h2 id="upload-title">{t('upload.title')}</h2>
            <TitlePicker chosen={chosen} onChoose={(next) => setParameters(next ? { title: next.id } : {})} />
            {chosen?.kind === 'series' ? (
              <EpisodePicker
                titleId={chosen.id}
                chosenId={episodeId}
                onChoose={(episode) => setParameters({ title: chosen.id, episode }, { replace: true })}
              />
            ) : null}
          </section>
          <section className="panel" aria-labelledby="upload-file">
            <h2 id="upload-file">{t('upload.file')}</h2>
            <FilePicker file={file} onFile={setFile} />
          </section>
          <button
            type="button"
            className="button button-primary upload-start"
            disabled={!targetId || !file}
            onClick={() => targetId && file && upload.start(targetId, file)}
          >
            {t('upload.start')}
          </button>
        </>
      ) : (
        <UploadProgress
          upload={upload}
          name={chosen?.name ?? file?.name ?? ''}
          file={file}
          playPath={`/watch/${titleId}${episodeId === null ? '' : `?episode=${episodeId}`}`}
          onUploadAnother={uploadAnother}
        />
      )}
    </div>
  );
}

/** Returns the text of the live region: the step, and its progress in multiples of 10 %. */
function announce(state: UploadState): string {
  switch (state.step) {
    case 'choosing':
      return '';
    case 'hashing':
      return t('upload.announce.hashing');
    case 'sending':
      return t('upload.announce.sending', { percent: formatPercent(Math.floor(state.fraction * 10) / 10) });
    case 'paused':
      return t('upload.announce.paused');
    case 'verifying':
      return t('upload.announce.verifying');
    case 'processing':
      return describeState(state.asset);
    case 'failed':
      return t('upload.announce.failed');
  }
}
