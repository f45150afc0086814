import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { ForEditors } from '../session/for-editors.js';
import { useSession } from '../session/use-session.js';
import { getTitle } from '../title/titles.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { EpisodePicker } from './episode-picker.js';
import { FilePicker } from './file-picker.js';
import { TitlePicker } from './title-picker.js';
import { UploadProgress } from './upload-progress.js';
import { type UploadState, useUpload } from './use-upload.js';
import './upload.css';

export function UploadPage() {
  const session = useSession();
  usePageTitle(session.status === 'unknown' ? undefined : 'Upload');
  return (
    <ForEditors>
      <UploadForm />
    </ForEditors>
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
        <h1>Upload a video</h1>
        <p>Choose a title and a video file. The title can be played as soon as the first resolution is ready.</p>
      </header>
      <p className="visually-hidden" aria-live="polite">
        {announce(upload.state)}
      </p>
      {upload.state.step === 'choosing' ? (
        <>
          <section className="panel" aria-labelledby="upload-title">
            <h2 id="upload-title">Title</h2>
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
            <h2 id="upload-file">File</h2>
            <FilePicker file={file} onFile={setFile} />
          </section>
          <button
            type="button"
            className="button button-primary upload-start"
            disabled={!targetId || !file}
            onClick={() => targetId && file && upload.start(targetId, file)}
          >
            Upload
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

/** Returns the text of the live region: steps and tens of percent. */
function announce(state: UploadState): string {
  switch (state.step) {
    case 'choosing':
      return '';
    case 'hashing':
      return 'Reading the file';
    case 'sending':
      return `Uploading, ${Math.floor(state.fraction * 10) * 10} percent`;
    case 'paused':
      return 'Upload paused';
    case 'verifying':
      return 'Verifying the upload';
    case 'processing':
      return `Video ${state.asset.state}`;
    case 'failed':
      return 'Upload failed';
  }
}
