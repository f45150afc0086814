import { t } from 'i18next';
import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';

/** The location state of a navigation after a successful save, which needs no prompt. */
export const AFTER_SAVE = { isAfterSave: true } as const;

/** Prompts before the user leaves a page with unsaved changes. */
export function UnsavedChanges({ isDirty }: { readonly isDirty: boolean }) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    const isAfterSave = (nextLocation.state as Partial<typeof AFTER_SAVE> | null)?.isAfterSave === true;
    return isDirty && !isAfterSave && currentLocation.pathname !== nextLocation.pathname;
  });

  useEffect(() => {
    if (!isDirty) return;
    const prompt = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', prompt);
    return () => removeEventListener('beforeunload', prompt);
  }, [isDirty]);

  if (blocker.state !== 'blocked') return null;
  return (
    <ConfirmDialog
      heading={t('editor.unsaved.heading')}
      confirmText={t('editor.unsaved.confirm')}
      cancelText={t('editor.unsaved.cancel')}
      onConfirm={() => blocker.proceed()}
      onCancel={() => blocker.reset()}
    >
      <p>{t('editor.unsaved.text')}</p>
    </ConfirmDialog>
  );
}
