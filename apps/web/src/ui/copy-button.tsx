import { t } from 'i18next';
import { type RefObject, useState } from 'react';

export interface CopyButtonProps {
  /** An input, or an element that contains only the text. */
  readonly source: RefObject<HTMLElement | null>;
  /** Text of the button. */
  readonly children: string;
  readonly copiedText?: string;
}

/** Selects and copies a text. Browsers offer the clipboard only on HTTPS and localhost. Otherwise, the user copies it. */
export function CopyButton({ source, children, copiedText = t('common.copied') }: CopyButtonProps) {
  const [result, setResult] = useState('');

  const copy = async (): Promise<void> => {
    const element = source.current;
    if (!element) return;
    const text = select(element);
    const isCopied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setResult(isCopied ? copiedText : t('common.selected'));
  };

  return (
    <div className="copy">
      <button type="button" className="button button-quiet button-small" onClick={() => void copy()}>
        {children}
      </button>
      <span className="field-hint" role="status">
        {result}
      </span>
    </div>
  );
}

/** @returns the selected text */
function select(element: HTMLElement): string {
  if (element instanceof HTMLInputElement) {
    element.select();
    return element.value;
  }
  getSelection()?.selectAllChildren(element);
  return element.textContent;
}
