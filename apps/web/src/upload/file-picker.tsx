import { type DragEvent, useId, useState } from 'react';
import { UploadIcon } from '../shell/icons.js';
import { sizeText } from './size-text.js';

export interface FilePickerProps {
  readonly file: File | undefined;
  readonly onFile: (file: File) => void;
}

export function FilePicker({ file, onFile }: FilePickerProps) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped) onFile(dropped);
  };
  return (
    <div
      className={isOver ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <UploadIcon />
      <label htmlFor={id}>{file ? 'Choose another film file' : 'Choose a film file'}</label>
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
      <p className="drop-name">{file ? `${file.name}, ${sizeText(file.size)}` : 'or drop it here'}</p>
    </div>
  );
}
