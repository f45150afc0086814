import { t } from 'i18next';
import { type DragEvent, useId, useState } from 'react';
import { UploadIcon } from '../ui/icons.js';
import { formatSize } from './format-size.js';

export interface FilePickerProps {
  readonly file: File | undefined;
  readonly onFile: (file: File) => void;
}

export function FilePicker({ file, onFile }: FilePickerProps) {
  const id = useId();
  const [isDraggedOver, setDraggedOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setDraggedOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped) onFile(dropped);
  };
  return (
    <div
      className={isDraggedOver ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setDraggedOver(true);
      }}
      onDragLeave={() => setDraggedOver(false)}
      onDrop={drop}
    >
      <UploadIcon />
      <label htmlFor={id}>{file ? t('upload.chooseAnotherFile') : t('upload.chooseFile')}</label>
      <input
        id={id}
        className="drop-input"
        type="file"
        accept="video/*,.mkv,.mov,.mp4,.webm"
        onChange={(event) => {
          const [picked] = event.target.files ?? [];
          if (picked) onFile(picked);
        }}
      />
      <p className="drop-name">{file ? `${file.name}, ${formatSize(file.size)}` : t('upload.dropFile')}</p>
    </div>
  );
}
