import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import { getTitle } from '../api/titles.js';
import { useSession } from '../session/use-session.js';
import { Notice } from '../shell/notice.js';
import { usePageTitle } from '../shell/page-title.js';
import { Waiting } from '../shell/waiting.js';
import { FilePicker } from './file-picker.js';
import { TitlePicker } from './title-picker.js';
import { announcement } from './upload-state.js';
import { UploadProgress } from './upload-progress.js';
import { useUpload } from './use-upload.js';
import './upload.css';

export function UploadPage() {
  usePageTitle('Upload');
  const session = useSession();
  if (session.status === 'unknown') return <Waiting />;
  if (session.status === 'signed-out') return <Navigate to="/sign-in?return=%2Fupload" replace />;
  if (session.session.account.role !== 'editor') {
    return (
      <div className="page">
        <Notice
          heading="For editors only"
          actions={
            <Link className="button button-primary" to="/">
              Back to the films
            </Link>
          }
        >
          <p>This account watches films; editors add them.</p>
        </Notice>
      </div>
    );
  }
  return <UploadDesk />;
}

function UploadDesk() {
  const [parameters, setParameters] = useSearchParams();
  const titleId = parameters.get('title');
  const [file, setFile] = useState<File>();
  const upload = useUpload();
  const { state } = upload;
  const title = useQuery({
    queryKey: ['title', titleId],
    queryFn: ({ signal }) => getTitle(titleId ?? '', signal),
    enabled: titleId !== null,
  });
  const chosen = titleId === null ? undefined : title.data;
  const startAgain = (): void => {
    upload.reset();
    setFile(undefined);
    setParameters({});
  };

  return (
    <div className="page upload">
      <header className="upload-head">
        <h1>Add a film</h1>
        <p>Choose its title, choose its file. It can be played as soon as the first picture size is ready.</p>
      </header>
      <p className="visually-hidden" aria-live="polite">
        {announcement(state)}
      </p>
      {state.step === 'choosing' ? (
        <>
          <section className="panel" aria-labelledby="upload-title">
            <h2 id="upload-title">Title</h2>
            <TitlePicker chosen={chosen} onChoose={(next) => setParameters(next ? { title: next.id } : {})} />
          </section>
          <section className="panel" aria-labelledby="upload-file">
            <h2 id="upload-file">File</h2>
            <FilePicker file={file} onFile={setFile} />
          </section>
          <button
            type="button"
            className="button button-primary upload-start"
            disabled={!chosen || !file}
            onClick={() => chosen && file && upload.start(chosen.id, file)}
          >
            Upload
          </button>
        </>
      ) : (
        <UploadProgress
          upload={upload}
          title={chosen}
          fileName={file?.name ?? ''}
          sizeBytes={file?.size ?? 0}
          onAgain={startAgain}
        />
      )}
    </div>
  );
}
